"""Whose turn it is: every page says who must act, and until when where a rule sets a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cycle.domain.appraisal import AppraisalState
from cycle.domain.dossier import DossierState
from cycle.domain.steps import Step
from registry.domain.regime import Level
from registry.domain.text import term


class Party(StrEnum):
    """Who may be waited for."""

    SUBJECT = "subject"
    OFFICE = "office"
    COUNCIL = "council"
    AUTHORITY = "authority"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Turn:
    """The party whose turn it is, and at which level."""

    party: Party
    level: Level | None = None


@dataclass(frozen=True)
class Waiting:
    """Who must act, said in words, and the last day for it; null where no rule sets one."""

    who: str
    until: date | None
    turn: Turn

    def is_overdue(self, on: date) -> bool:
        return self.until is not None and self.until < on


SUBJECTS_TURN = Turn(Party.SUBJECT)
NOBODYS_TURN = Turn(Party.NOBODY)


def turn_of_dossier(state: DossierState, level: Level) -> Turn:
    """Whose turn a dossier is."""
    if state.is_open:
        return SUBJECTS_TURN
    if state.is_ended:
        return NOBODYS_TURN
    if state in {DossierState.ACCEPTED, DossierState.IN_COUNCIL}:
        return Turn(Party.COUNCIL, level)
    if state is DossierState.CONCLUDED:
        return Turn(Party.AUTHORITY, level)
    return Turn(Party.OFFICE, level)


def turn_of_appraisal(state: AppraisalState, idea_level: Level) -> Turn:
    """Whose turn an idea or a plan is."""
    if state.is_open or state is AppraisalState.PREPARED:
        return SUBJECTS_TURN
    if state is AppraisalState.SUBMITTED:
        return Turn(Party.OFFICE, idea_level)
    return NOBODYS_TURN


def turn_of_step(step: Step) -> Turn:
    """Whose turn it is where nothing is under appraisal."""
    return SUBJECTS_TURN if step is Step.IMPLEMENTATION else NOBODYS_TURN


def words_for(turn: Turn) -> str:
    """The party in words, for a level whose unit is not at hand."""
    if turn.level is None:
        return _PARTIES[turn.party]
    return _AT_LEVEL[turn.party][turn.level]


_PARTIES = {
    Party.SUBJECT: term("Chủ thể"),
    Party.NOBODY: term("Không chờ ai"),
}
_AT_LEVEL = {
    Party.OFFICE: {
        Level.COMMUNE: term("UBND cấp xã"),
        Level.DISTRICT: term("Cán bộ OCOP cấp huyện"),
        Level.PROVINCE: term("Cán bộ OCOP cấp tỉnh"),
        Level.CENTRAL: term("Cán bộ OCOP trung ương"),
    },
    Party.COUNCIL: {
        Level.DISTRICT: term("Hội đồng cấp huyện"),
        Level.PROVINCE: term("Hội đồng cấp tỉnh"),
        Level.CENTRAL: term("Hội đồng trung ương"),
    },
    Party.AUTHORITY: {
        Level.DISTRICT: term("Người có thẩm quyền cấp huyện"),
        Level.PROVINCE: term("Người có thẩm quyền cấp tỉnh"),
        Level.CENTRAL: term("Người có thẩm quyền ở trung ương"),
    },
}
