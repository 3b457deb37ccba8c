"""What a rubric says of one sheet: the whole arithmetic of the law without a council."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from registry.domain.regime import Band
from scoring.domain.exclusions import stopped_by
from scoring.domain.gates import findings_from, is_met
from scoring.domain.rubric import Rubric
from scoring.domain.sheet import Choices, chosen_points, missing, tally
from scoring.domain.stars import Award, Mean, award


@dataclass(frozen=True)
class GateResult:
    """A gate with the points that the sheet has on it."""

    criterion: str
    star: int
    min_points: int
    points: int
    met: bool


@dataclass(frozen=True)
class Evaluation:
    """Points so far, gates, and, for a complete sheet that nothing ended, band and star.

    `stars` is None with a band of three or more where a three-star gate is shut: not
    recognised. Band and star are None while criteria are missing or once scoring has ended.
    """

    missing: tuple[str, ...]
    parts: Mapping[str, int]
    total: int
    band: int | None
    stars: int | None
    gates: tuple[GateResult, ...]
    stopped_by: tuple[str, ...]
    zeroed: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing


def evaluate(
    rubric: Rubric,
    choices: Choices,
    findings: Collection[str] = (),
    *,
    bands: Sequence[Band],
) -> Evaluation:
    """Evaluates checked choices (`sheet.read_choices`) under checked findings."""
    counted = tally(rubric, choices, findings)
    absent = missing(rubric, choices)
    ended_by = stopped_by(rubric, chosen_points(rubric, choices), findings)
    result: Award | None = None
    if not absent and not ended_by:
        result = award(Mean(counted.total, 1), findings_from(rubric, counted.points), bands)
    return Evaluation(
        missing=absent,
        parts=counted.parts,
        total=counted.total,
        band=result.band if result else None,
        stars=result.stars if result else None,
        gates=_gates(rubric, counted.points),
        stopped_by=ended_by,
        zeroed=counted.zeroed,
    )


def _gates(rubric: Rubric, points: Mapping[str, int]) -> tuple[GateResult, ...]:
    return tuple(
        GateResult(
            gate.criterion,
            gate.star,
            gate.min_points,
            points.get(gate.criterion, 0),
            is_met(gate, points),
        )
        for gate in rubric.gates
    )
