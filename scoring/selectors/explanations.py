"""A result explained criterion by criterion, so that nobody's sheet can be read out of it.

For each criterion the option that most sheets chose, the mean of the counted points and the most
that can be had; the gates as the council found them. Where fewer than three sheets were counted
nothing but the totals is told: an option or a mean would be a single member's.
"""

from dataclasses import dataclass

from registry.selectors import regime
from scoring.domain.gates import GateFinding
from scoring.domain.rubric import Criterion, Option, Part, Rubric
from scoring.domain.standing import Standing, standing_of_council
from scoring.domain.stars import Mean
from scoring.models import Rating
from scoring.selectors.plans import FEWEST_SHEETS
from scoring.selectors.rechecks import stored_sheets
from scoring.selectors.rubrics import rubric_of


@dataclass(frozen=True)
class Line:
    """One criterion: what most sheets chose (None: no option was met), the mean, the most."""

    criterion: Criterion
    option: Option | None
    mean: str
    lost: bool

    @property
    def anchor(self) -> str:
        """For links to the row."""
        return f"tieu-chi-{self.criterion.code.replace('.', '-')}"


@dataclass(frozen=True)
class PartLines:
    """A part with its criteria; without them where the sheets are too few."""

    part: Part
    mean: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class GateLine:
    """A gate as the council found it."""

    criterion: Criterion
    star: int
    met: bool


@dataclass(frozen=True)
class Explanation:
    """`parts` is empty where fewer than three sheets were counted: totals only."""

    rubric: Rubric
    parts: tuple[PartLines, ...]
    gates: tuple[GateLine, ...]
    rule: str

    @property
    def totals_only(self) -> bool:
        return not self.parts

    @property
    def some_shut(self) -> bool:
        return any(not gate.met for gate in self.gates)


def explanation_of(rating: Rating) -> Explanation:
    """What a producer is told about a result; computed from the sheets that were counted."""
    rubric = rubric_of(rating.edition)
    gates = tuple(
        GateLine(rubric.by_code[code], star, met)
        for code, star, met in rating.gates
        if code in rubric.by_code
    )
    parts = _parts(rating, rubric) if rating.sheets >= FEWEST_SHEETS else ()
    return Explanation(rubric, parts, gates, regime(rating.regime).decree)


def _parts(rating: Rating, rubric: Rubric) -> tuple[PartLines, ...]:
    sheets = [sheet.choices for sheet in stored_sheets(rating)]
    standing = standing_of_council(
        rubric,
        [{code: sheet.get(code) for code in rubric.by_code} for sheet in sheets],
        found=[GateFinding(code, star, met) for code, star, met in rating.gates],
        findings=frozenset(rating.grounds),
    )
    return tuple(
        PartLines(
            part=part,
            mean=Mean(rating.parts.get(part.code, 0), rating.sheets).shown(),
            lines=tuple(_line(standing, criterion) for criterion in part.criteria),
        )
        for part in rubric.parts
    )


def _line(standing: Standing, criterion: Criterion) -> Line:
    counted = standing.counted[criterion.code]
    return Line(
        criterion=criterion,
        option=standing.chosen[criterion.code],
        mean=Mean(counted, standing.sheets).shown(),
        lost=counted < criterion.max * standing.sheets,
    )
