"""Step two: the subject writes its idea, the level that the regime names appraises it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from cycle.domain.appraisal import (
    CRITERIA_MET,
    ITEMS_NAMED,
    REASON,
    WRITTEN,
    AppraisalMove,
    AppraisalState,
    ProductCriterion,
)
from cycle.domain.corrections import Remark, checked, told
from cycle.domain.journey import IDEA_ACCEPTED, JourneyMove
from cycle.domain.paper_items import IDEA_ITEMS
from cycle.models import BusinessPlan, Idea, IdeaFinding
from cycle.permissions import may_appraise, may_write
from cycle.services import corrections, moves
from cycle.services.history import is_repeated, locked_enrolment, locked_idea, require_active
from cycle.services.papers import require_open, write
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day

NO_FACTS: frozenset[str] = frozenset()
REQUIRED = ("description", "local_speciality", "value_added", "no_harm")


class IdeaTexts(TypedDict, total=False):
    """What may be written in an idea; what is not named stays as it is."""

    description: str
    difference: str
    local_speciality: str
    value_added: str
    no_harm: str
    market: str
    support_wanted: str


@dataclass(frozen=True)
class Finding:
    """What the appraiser found for one criterion."""

    met: bool
    note: str = ""


Findings = Mapping[ProductCriterion, Finding]


@transaction.atomic
def save(
    idea: Idea,
    *,
    version: int,
    seen: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
    **texts: Unpack[IdeaTexts],
) -> Idea:
    """The idea with these texts; refused as stale when somebody changed them since.

    `seen` says what was read field by field; without it the whole `version` counts.
    """
    require(may_write(by, idea.enrolment, on=legal_day(at)))
    current = locked_idea(idea)
    require_active(current.enrolment)
    require_open(current)
    write(current, dict(texts), version=version, seen=seen, by=by, at=at)
    return current


@transaction.atomic
def submit(idea: Idea, *, by: User, at: datetime) -> Idea:
    """Hands the idea to the appraising level; the required texts must be there."""
    require(may_write(by, idea.enrolment, on=legal_day(at)))
    current = locked_idea(idea)
    require_active(current.enrolment)
    if is_repeated(current.enrolment, "idea.submit", state=AppraisalState.SUBMITTED, by=by):
        return current
    facts = frozenset({WRITTEN}) if not missing(current) else NO_FACTS
    moves.appraise(current, AppraisalMove.SUBMIT, by=by, at=at, facts=facts)
    return current


@transaction.atomic
def accept(idea: Idea, *, findings: Findings, by: User, at: datetime, reason: str = "") -> Idea:
    """All three product criteria are met: the plan opens (its draft is made here)."""
    current = _appraised(idea, by=by, at=at)
    enrolment = current.enrolment
    if is_repeated(enrolment, "enrolment.accept_idea", state="plan", by=by):
        return current
    _keep(current, findings)
    is_met = all(
        criterion in findings and findings[criterion].met for criterion in ProductCriterion
    )
    facts = frozenset({CRITERIA_MET}) if is_met else NO_FACTS
    moves.appraise(current, AppraisalMove.ACCEPT, by=by, at=at, facts=facts, reason=reason)
    BusinessPlan.objects.get_or_create(enrolment=enrolment)
    moves.advance(
        locked_enrolment(enrolment),
        JourneyMove.ACCEPT_IDEA,
        by=by,
        at=at,
        facts=frozenset({IDEA_ACCEPTED}),
    )
    return current


@transaction.atomic
def return_for_changes(
    idea: Idea,
    *,
    remarks: Mapping[str, Remark],
    by: User,
    at: datetime,
    reason: str = "",
    findings: Findings | None = None,
) -> Idea:
    """Back to the subject with what is to be mended, item by item; at least one is named."""
    current = _appraised(idea, by=by, at=at)
    if is_repeated(
        current.enrolment, "idea.return_for_changes", state=AppraisalState.RETURNED, by=by
    ):
        return current
    named = checked(remarks, IDEA_ITEMS)
    _keep(current, findings or {})
    facts = frozenset({ITEMS_NAMED}) if named else NO_FACTS
    opinion = told(reason, named)
    moves.appraise(current, AppraisalMove.RETURN, by=by, at=at, facts=facts, reason=opinion)
    corrections.keep(current, named, by=by, at=at)
    return current


@transaction.atomic
def decline(
    idea: Idea, *, reason: str, by: User, at: datetime, findings: Findings | None = None
) -> Idea:
    """The idea is not for this programme; the enrolment ends with the reason."""
    current = _appraised(idea, by=by, at=at)
    if is_repeated(current.enrolment, "enrolment.decline", state="idea", by=by):
        return current
    _keep(current, findings or {})
    facts = frozenset({REASON}) if reason.strip() else NO_FACTS
    moves.appraise(current, AppraisalMove.DECLINE, by=by, at=at, facts=facts, reason=reason.strip())
    moves.end(locked_enrolment(current.enrolment), "decline", by=by, at=at, note=reason.strip())
    return current


def missing(idea: Idea) -> list[str]:
    """The names of the required texts that are empty."""
    return [name for name in REQUIRED if not getattr(idea, name).strip()]


def _appraised(idea: Idea, *, by: User, at: datetime) -> Idea:
    require(may_appraise(by, idea.enrolment, on=legal_day(at)))
    return locked_idea(idea)


def _keep(idea: Idea, findings: Findings) -> None:
    """The findings of this appraisal take the place of the last one's."""
    for criterion, finding in findings.items():
        IdeaFinding.objects.update_or_create(
            idea=idea,
            criterion=ProductCriterion(criterion),
            defaults={"met": finding.met, "note": finding.note.strip()},
        )
