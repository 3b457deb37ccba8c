"""How long something took, of many: the median and the ninetieth percentile in whole days.

Both are days that some passage really took (nearest rank), so half of the passages took no longer
than the median, and nine of ten no longer than the ninetieth. Fewer than five say more of their
makers than of the step and are kept silent.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TypeVar

LEAST = 5
MEDIAN, NINETIETH = 50, 90

Step = TypeVar("Step", bound=Hashable)


@dataclass(frozen=True)
class Spread:
    """Days of so many finished passages."""

    median: int
    ninetieth: int
    passages: int


def nearest_rank(ordered: Sequence[int], percent: int) -> int:
    """The smallest of the values that at least so many percent do not exceed."""
    return ordered[-(-len(ordered) * percent // 100) - 1]


def spread(days: Iterable[int]) -> Spread | None:
    """None for fewer than five."""
    ordered = sorted(days)
    if len(ordered) < LEAST:
        return None
    return Spread(nearest_rank(ordered, MEDIAN), nearest_rank(ordered, NINETIETH), len(ordered))


def spreads_of_steps(openings: Iterable[tuple[int, Step, date]]) -> Mapping[Step, Spread]:
    """By step, from (passage, step, the day it was opened) in the order of passage and time."""
    taken: dict[Step, list[int]] = defaultdict(list)
    for _passage, opened in groupby(openings, key=itemgetter(0)):
        for (_, step, begun), (_, _next, done) in pairwise(opened):
            taken[step].append((done - begun).days)
    found = {step: spread(days) for step, days in taken.items()}
    return {step: each for step, each in found.items() if each is not None}
