"""Gates: the least that single criteria must reach for three, four and five stars.

QĐ 26/2026, Phụ lục II marks single options; for n stars every mark up to n must be met. Whether
a product meets a mark is a finding: drawn from one sheet, or, since the decree does not say on
whose sheet it is tested, recorded by the council with the distribution of its members shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.domain.rubric import Gate, Rubric


@dataclass(frozen=True)
class GateFinding:
    """Whether a product meets the mark of a criterion for a number of stars."""

    criterion: str
    star: int
    met: bool


@dataclass(frozen=True)
class GateSupport:
    """How many of the counted sheets meet a gate."""

    gate: Gate
    meeting: int
    sheets: int


def is_met(gate: Gate, points: Mapping[str, int]) -> bool:
    """On one sheet; a criterion without points does not meet its gate."""
    return points.get(gate.criterion, 0) >= gate.min_points


def findings_from(rubric: Rubric, points: Mapping[str, int]) -> tuple[GateFinding, ...]:
    """What one sheet says about every gate; `points` are those counted."""
    return tuple(
        GateFinding(gate.criterion, gate.star, is_met(gate, points)) for gate in rubric.gates
    )


def support(rubric: Rubric, sheets: Sequence[Mapping[str, int]]) -> tuple[GateSupport, ...]:
    """The distribution of a council over the gates: what the one who records a finding sees."""
    return tuple(
        GateSupport(gate, sum(is_met(gate, points) for points in sheets), len(sheets))
        for gate in rubric.gates
    )


def shut(findings: Iterable[GateFinding], *, up_to: int) -> tuple[GateFinding, ...]:
    """The gates of at most `up_to` stars that are not met, the lower stars first."""
    return tuple(
        sorted(
            (found for found in findings if found.star <= up_to and not found.met),
            key=lambda found: found.star,
        )
    )
