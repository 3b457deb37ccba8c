"""The figures of a chair's board: mean, median, range, and how far members are apart.

They describe sheets that are all in; none of them decides anything but the mean and the spread,
which `council` computes for the result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.domain.council import spread
from scoring.domain.stars import Mean, mean_of


@dataclass(frozen=True)
class Figures:
    """What the totals of one ballot say; the median is a mean of one or two sheets."""

    mean: Mean
    median: Mean
    lowest: int
    highest: int
    spread: int


@dataclass(frozen=True)
class CriterionFigures:
    """How the members marked one criterion."""

    code: str
    mean: Mean
    lowest: int
    highest: int

    @property
    def deviation(self) -> int:
        return self.highest - self.lowest


def figures_of(totals: Sequence[int]) -> Figures:
    """The figures of at least one total; the order of the sheets does not matter."""
    ordered = sorted(totals)
    middle = ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]
    return Figures(mean_of(ordered), mean_of(middle), ordered[0], ordered[-1], spread(ordered))


def criterion_figures(
    codes: Sequence[str], sheets: Sequence[Mapping[str, int]]
) -> tuple[CriterionFigures, ...]:
    """For every criterion, in the order of `codes`, what the sheets gave it."""
    return tuple(_figures(code, [points[code] for points in sheets]) for code in codes)


def _figures(code: str, points: Sequence[int]) -> CriterionFigures:
    return CriterionFigures(code, mean_of(points), min(points), max(points))
