"""What follows from a council's result at its level: recognised, forwarded, returned, or not.

Each regime names the levels that score, the councils of a level in their order, the stars that
each recognises and the mean from which it sends the file up. Forwarding looks at the mean, before
gates (QĐ 26/2026, Điều 7.3: a mean of 90 and more goes to the ministry); until the next level
decides, what this level could lawfully recognise stands. A level that was asked for a higher star
and does not find it gives the file back: the lower result stands (2019) or the lower level
chooses (QĐ 26/2026, Điều 7.4).
"""

from dataclasses import dataclass
from enum import StrEnum

from registry.domain.regime import Below, Level, Regime, Stage
from registry.domain.text import term
from scoring.domain.stars import LOWEST_RECOGNISED, Award, Mean


class OutcomeKind(StrEnum):
    """What happens next to a product that a council has scored."""

    PASSED_ON = "passed_on"
    RECOGNISED = "recognised"
    FORWARDED = "forwarded"
    NOT_RECOGNISED = "not_recognised"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


@dataclass(frozen=True)
class Outcome:
    """`stars` is what stands at this level: a recognised star, or a 1 or 2 without decision."""

    kind: OutcomeKind
    stars: int | None
    next_level: Level | None = None
    potential_five: bool = False
    below: Below | None = None


def outcome(regime: Regime, level: Level, mean: Mean, award: Award, *, body: str = "") -> Outcome:
    """The outcome at `level` after its council `body`; what does not score there is refused."""
    stage = regime.stage(level)
    if _goes_on(stage, body, mean):
        return Outcome(OutcomeKind.PASSED_ON, None)
    following = regime.next_level(level)
    if following and stage.forward_from is not None and mean.is_at_least(stage.forward_from):
        return _forwarded(regime, stage, following, award)
    if award.stars in stage.recognises:
        return Outcome(OutcomeKind.RECOGNISED, award.stars)
    if stage.below is not None:
        return Outcome(OutcomeKind.RETURNED, None, below=stage.below)
    return Outcome(OutcomeKind.NOT_RECOGNISED, _without_decision(award))


def _goes_on(stage: Stage, code: str, mean: Mean) -> bool:
    """Whether another council of the same level scores after this one."""
    least = stage.body(code).pass_from
    return stage.body_after(code) is not None and (least is None or mean.is_at_least(least))


def _forwarded(regime: Regime, stage: Stage, following: Level, award: Award) -> Outcome:
    return Outcome(
        OutcomeKind.FORWARDED,
        _recognised_before_forwarding(stage, award),
        next_level=following,
        potential_five=regime.bands[-1].stars in regime.stage(following).recognises,
    )


def _recognised_before_forwarding(stage: Stage, award: Award) -> int | None:
    """The highest star that the stage itself recognises within the award, if it does so first."""
    if not stage.forward_after_recognition or award.stars is None:
        return None
    return max((star for star in stage.recognises if star <= award.stars), default=None)


def _without_decision(award: Award) -> int | None:
    """1★ and 2★ are results without a decision; no other star stands unrecognised."""
    return award.stars if award.band < LOWEST_RECOGNISED else None


_LABELS = {
    OutcomeKind.PASSED_ON: term("Chuyển hội đồng tiếp theo cùng cấp"),
    OutcomeKind.RECOGNISED: term("Được công nhận"),
    OutcomeKind.FORWARDED: term("Chuyển lên cấp trên"),
    OutcomeKind.NOT_RECOGNISED: term("Không được công nhận"),
    OutcomeKind.RETURNED: term("Trả về cấp dưới"),
}
