"""The only place where the step of an enrolment or the state of a paper or a dossier is set.

Each door here does the same: the row is locked and read afresh, the table decides, the change is
saved, the history gets its row, the journal its entry, and the apps above hear of it. Who may do
a thing is asked by the service that calls: `ideas`, `plans` and the services of the dossier; for
`council_moves` and `recognition`, the scoring. A state that is asked for twice in the same way is
harmless; from any other state it is refused.
"""

from datetime import datetime

from cycle import signals
from cycle.domain import dossier as dossier_rules
from cycle.domain.appraisal import IDEA, PLAN, AppraisalMove, AppraisalState
from cycle.domain.dossier import DossierMove, DossierState
from cycle.domain.journey import JOURNEY, JourneyMove
from cycle.domain.steps import Step
from cycle.models import BusinessPlan, Dossier, Enrolment, Idea
from cycle.selectors import promised_day
from cycle.services.history import tell
from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.regime import Level

NO_FACTS: frozenset[str] = frozenset()
APPRAISAL_WORDS = {
    AppraisalMove.PREPARE: "prepared",
    AppraisalMove.REOPEN: "reopened",
    AppraisalMove.SUBMIT: "submitted",
    AppraisalMove.ACCEPT: "accepted",
    AppraisalMove.RETURN: "returned",
    AppraisalMove.DECLINE: "declined",
}
DOSSIER_WORDS = {
    DossierMove.LODGE: "lodged",
    DossierMove.REPORT: "reported",
    DossierMove.RECEIVE: "accepted",
    DossierMove.RETURN: "returned",
    DossierMove.TAKE_TO_COUNCIL: "taken_to_council",
    DossierMove.POSTPONE: "postponed",
    DossierMove.SEND_BACK: "sent_back",
    DossierMove.CONCLUDE: "concluded",
    DossierMove.NEXT_BODY: "passed_on",
    DossierMove.FORWARD: "forwarded",
    DossierMove.HAND_DOWN: "handed_down",
    DossierMove.RESCORE: "rescored",
    DossierMove.RECOGNISE: "recognised",
    DossierMove.REFUSE: "not_recognised",
    DossierMove.WITHDRAW: "withdrawn",
}


# Moves after which the day of whoever has to act stays, or is set by the caller.
KEEPS_ITS_DAY = frozenset(
    {
        DossierMove.LODGE,
        DossierMove.RECEIVE,
        DossierMove.RETURN,
        DossierMove.TAKE_TO_COUNCIL,
        DossierMove.POSTPONE,
        DossierMove.CONCLUDE,
    }
)


def appraise(
    paper: Idea | BusinessPlan,
    move: AppraisalMove,
    *,
    by: User,
    at: datetime,
    facts: frozenset[str] = NO_FACTS,
    reason: str = "",
) -> None:
    """Moves a locked idea or plan by its table; for the services `ideas` and `plans`."""
    name, table = ("idea", IDEA) if isinstance(paper, Idea) else ("plan", PLAN)
    before = AppraisalState(paper.state)
    paper.state = table.decide(before, move, facts)
    paper.version += 1
    paper.due_on = None
    if move is AppraisalMove.SUBMIT:
        paper.submitted_at, paper.due_on = at, promised_day(name, legal_day(at))
    elif move not in {AppraisalMove.PREPARE, AppraisalMove.REOPEN}:
        paper.decided_at, paper.reason = at, reason
    paper.save(update_fields=["state", "version", "submitted_at", "due_on", "decided_at", "reason"])
    tell(
        paper,
        f"{name}.{move}",
        f"cycle.{name}.{APPRAISAL_WORDS[move]}",
        before=before,
        after=paper.state,
        by=by,
        at=at,
        note=reason,
    )


def advance(
    enrolment: Enrolment, move: JourneyMove, *, by: User, at: datetime, facts: frozenset[str]
) -> None:
    """Takes a locked enrolment to its next step; RuleBroken says which fact is missing."""
    before = Step(enrolment.step)
    enrolment.step = JOURNEY.decide(before, move, facts)
    enrolment.version += 1
    enrolment.save(update_fields=["step", "version"])
    tell(
        enrolment,
        f"enrolment.{move}",
        "cycle.enrolment.advanced",
        before=before,
        after=enrolment.step,
        by=by,
        at=at,
    )
    signals.step_opened.send(sender=Enrolment, enrolment_id=enrolment.pk, step=str(enrolment.step))


def end(enrolment: Enrolment, name: str, *, by: User, at: datetime, note: str = "") -> None:
    """Ends a locked enrolment: nothing more will happen in it. Ended already: no change."""
    if enrolment.ended_at is not None:
        return
    enrolment.ended_at = at
    enrolment.version += 1
    enrolment.save(update_fields=["ended_at", "version"])
    tell(
        enrolment,
        f"enrolment.{name}",
        "cycle.enrolment.ended",
        before=enrolment.step,
        after=enrolment.step,
        by=by,
        at=at,
        note=note,
    )
    signals.enrolment_ended.send(
        sender=Enrolment, enrolment_id=enrolment.pk, product_id=enrolment.product_id
    )


def move_dossier(
    dossier: Dossier,
    move: DossierMove,
    *,
    by: User,
    at: datetime,
    facts: frozenset[str] = NO_FACTS,
    level: Level | None = None,
    note: str = "",
) -> None:
    """Moves a locked dossier by its table, to `level` where its turn goes to another one.

    The caller has set the other fields that change and hears the refusal of the table; the
    deadline ends with the move unless the move sets one or leaves the file with the same office.
    """
    before = DossierState(dossier.state)
    dossier.state = dossier_rules.table(dossier.level).decide(before, move, facts)
    dossier.level = level or dossier.level
    dossier.version += 1
    if move not in KEEPS_ITS_DAY:
        dossier.due_on = None
    if dossier.state == DossierState.RETURNED:
        dossier.reason = note
    dossier.save(update_fields=["state", "level", "version", "due_on", "reason"])
    tell(
        dossier,
        f"dossier.{move}",
        f"cycle.dossier.{DOSSIER_WORDS[move]}",
        before=before,
        after=dossier.state,
        by=by,
        at=at,
        note=note,
    )
