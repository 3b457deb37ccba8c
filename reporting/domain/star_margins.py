"""Star figures of one day, by each value of each dimension alone.

The margins of a dimension say for each of its values and each star (0: all of them) how many
products there are, and how many subjects who are at home in their province have them; a subject
with several products is counted once in each margin. A subject has one home, so that the margins of
provinces can be added up; guests, who have products in a province that is not theirs, are added
where they have nothing alike at home.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

ALL_STARS = 0
WHOLE = ""  # the dimension that has one value alone
Key = tuple[str, str, int]  # dimension, value, stars


@dataclass(frozen=True)
class Held:
    """One recognition: its star, its values of the dimensions in their order, and its maker."""

    stars: int
    values: tuple[object, ...]
    subject: int
    is_away: bool = False


def margins(held: Iterable[Held], dimensions: tuple[str, ...]) -> dict[Key, tuple[int, int]]:
    """Dimension, value and stars → products, and subjects at home."""
    products: Counter[Key] = Counter()
    subjects: dict[Key, set[int]] = defaultdict(set)
    for each in held:
        for key in _keys(each, dimensions):
            products[key] += 1
            if not each.is_away:
                subjects[key].add(each.subject)
    return {key: (count, len(subjects[key])) for key, count in products.items()}


def guests(held: Iterable[Held], dimensions: tuple[str, ...]) -> dict[Key, int]:
    """Of all that guests have: how many are away in a margin and not at home in it."""
    places: dict[Key, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for each in held:
        for key in _keys(each, dimensions):
            places[key][each.is_away].add(each.subject)
    return {key: len(away - at_home) for key, (at_home, away) in places.items()}


def _keys(held: Held, dimensions: tuple[str, ...]) -> Iterable[Key]:
    for dimension, value in zip(dimensions, held.values, strict=True):
        word = "" if value is None else str(value)
        yield dimension, word, held.stars
        yield dimension, word, ALL_STARS
