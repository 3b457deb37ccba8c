"""How long a step usually takes: the median of finished passages, where there are enough.

A few passages would say more of their makers than of the step, so fewer than five are kept silent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median

from cycle.domain.steps import Step

LEAST_PASSAGES = 5

Opening = tuple[int, Step, date]


@dataclass(frozen=True)
class Typical:
    """The median in whole days, rounded up, and of how many passages it is."""

    days: int
    passages: int


def typical(days: Iterable[int]) -> Typical | None:
    """The median of these; None for fewer than five."""
    known = sorted(days)
    if len(known) < LEAST_PASSAGES:
        return None
    middle = median(known)
    return Typical(days=int(middle) + (middle > int(middle)), passages=len(known))


def typical_of_steps(openings: Iterable[Opening]) -> Mapping[Step, Typical]:
    """By step, from (passage, step, the day it was opened) in the order of passage and time.

    A step is finished on the day on which the next one of its passage is opened.
    """
    taken: dict[Step, list[int]] = {}
    for _passage, opened in groupby(openings, key=itemgetter(0)):
        for (_, step, begun), (_, _next, done) in pairwise(opened):
            taken.setdefault(step, []).append((done - begun).days)
    found = {step: typical(days) for step, days in taken.items()}
    return {step: each for step, each in found.items() if each is not None}
