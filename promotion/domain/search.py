"""A reader's question to the catalogue, and the counts beside its filters.

The counts come from one table of cells (how many listings for each star, group, province, regime
and status). A filter's own counts ignore its own choice and obey every other, so that each number
says what the list would hold if that value were chosen instead.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from promotion.domain.catalogue import Order, Validity
from scoring.domain.certificate_states import CertificateStatus


@dataclass(frozen=True)
class Question:
    """What is looked for. Empty means any; `as_of` asks for a past day instead of `today`."""

    today: date
    text: str = ""
    stars: int | None = None
    group: str = ""
    province: str = ""
    regime: str = ""
    year: int | None = None
    validity: Validity = Validity.VALID
    as_of: date | None = None
    order: Order = Order.STARS
    # Where a word was mistyped: the listings that sound alike, in place of the words.
    alike: frozenset[int] = frozenset()

    @property
    def statuses(self) -> frozenset[CertificateStatus]:
        """On a named day only what was valid on it is asked for."""
        return frozenset({CertificateStatus.VALID}) if self.as_of else self.validity.statuses


@dataclass(frozen=True)
class Cell:
    """How many listings share these five values; hidden ones are counted, never shown."""

    stars: int
    group: str
    province: str
    regime: str
    status: CertificateStatus
    count: int
    is_hidden: bool = False


DIMENSIONS = ("stars", "group", "province", "regime", "status")


def total(cells: Iterable[Cell], question: Question) -> int:
    """How many listings the list holds."""
    return sum(cell.count for cell in _matching(cells, question) if not cell.is_hidden)


def hidden(cells: Iterable[Cell], question: Question) -> int:
    """How many recognised products match whose page is withheld."""
    return sum(cell.count for cell in _matching(cells, question) if cell.is_hidden)


def facet(cells: Sequence[Cell], question: Question, dimension: str) -> dict[Hashable, int]:
    """Counts of one filter's values under all the other filters."""
    counts: Counter[Hashable] = Counter()
    for cell in _matching(cells, question, ignoring=dimension):
        if not cell.is_hidden:
            counts[getattr(cell, dimension)] += cell.count
    return dict(counts)


def ways_out(cells: Sequence[Cell], question: Question) -> dict[str, int]:
    """Filters that contradict the rest: how many listings there are without each, if any."""
    found = {}
    for dimension in DIMENSIONS:
        if dimension != "status" and getattr(question, dimension):
            count = sum(facet(cells, question, dimension).values())
            if count:
                found[dimension] = count
    return found


def _matching(cells: Iterable[Cell], question: Question, *, ignoring: str = "") -> Iterable[Cell]:
    tests = {name: _test(name, question) for name in DIMENSIONS if name != ignoring}
    wanted = {name: values for name, values in tests.items() if values}
    for cell in cells:
        if all(getattr(cell, name) in values for name, values in wanted.items()):
            yield cell


def _test(dimension: str, question: Question) -> frozenset[Hashable]:
    """The values a dimension may have; empty where any will do."""
    if dimension == "status":
        return frozenset(question.statuses)
    chosen = getattr(question, dimension)
    return frozenset({chosen}) if chosen else frozenset()
