"""Step three: the business plan, written by the subject and appraised like the idea."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from cycle.domain.appraisal import ITEMS_NAMED, REASON, WRITTEN, AppraisalMove, AppraisalState
from cycle.domain.corrections import Remark, checked, told
from cycle.domain.journey import PLAN_ACCEPTED, JourneyMove
from cycle.domain.paper_items import PLAN_ITEMS
from cycle.models import BusinessPlan
from cycle.permissions import may_appraise, may_write
from cycle.services import corrections, moves
from cycle.services.history import is_repeated, locked_enrolment, locked_plan, require_active
from cycle.services.papers import require_open, write
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term

NO_FACTS: frozenset[str] = frozenset()
REQUIRED = ("goals", "material_area", "technology", "quality", "market")


class PlanFields(TypedDict, total=False):
    """What may be written in a plan; money is whole đồng, null while nobody has said."""

    goals: str
    material_area: str
    technology: str
    quality: str
    market: str
    organisation: str
    finance: str
    investment: int | None
    own_capital: int | None


@transaction.atomic
def save(
    plan: BusinessPlan,
    *,
    version: int,
    seen: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
    **fields: Unpack[PlanFields],
) -> BusinessPlan:
    """The plan with these fields; refused as stale when somebody changed them since.

    `seen` says what was read field by field; without it the whole `version` counts.
    """
    require(may_write(by, plan.enrolment, on=legal_day(at)))
    current = locked_plan(plan)
    require_active(current.enrolment)
    require_open(current)
    check_money(fields)
    write(current, dict(fields), version=version, seen=seen, by=by, at=at)
    return current


@transaction.atomic
def submit(plan: BusinessPlan, *, by: User, at: datetime) -> BusinessPlan:
    """Hands the plan to the appraising level; the required texts must be there."""
    require(may_write(by, plan.enrolment, on=legal_day(at)))
    current = locked_plan(plan)
    require_active(current.enrolment)
    if is_repeated(current.enrolment, "plan.submit", state=AppraisalState.SUBMITTED, by=by):
        return current
    facts = frozenset({WRITTEN}) if not missing(current) else NO_FACTS
    moves.appraise(current, AppraisalMove.SUBMIT, by=by, at=at, facts=facts)
    return current


@transaction.atomic
def accept(plan: BusinessPlan, *, by: User, at: datetime, reason: str = "") -> BusinessPlan:
    """The plan is good: the implementation opens."""
    require(may_appraise(by, plan.enrolment, on=legal_day(at)))
    current = locked_plan(plan)
    enrolment = current.enrolment
    if is_repeated(enrolment, "enrolment.accept_plan", state="implementation", by=by):
        return current
    moves.appraise(current, AppraisalMove.ACCEPT, by=by, at=at, reason=reason.strip())
    moves.advance(
        locked_enrolment(enrolment),
        JourneyMove.ACCEPT_PLAN,
        by=by,
        at=at,
        facts=frozenset({PLAN_ACCEPTED}),
    )
    return current


@transaction.atomic
def return_for_changes(
    plan: BusinessPlan,
    *,
    remarks: Mapping[str, Remark],
    by: User,
    at: datetime,
    reason: str = "",
) -> BusinessPlan:
    """Back to the subject with what is to be mended, item by item; at least one is named."""
    require(may_appraise(by, plan.enrolment, on=legal_day(at)))
    current = locked_plan(plan)
    if is_repeated(
        current.enrolment, "plan.return_for_changes", state=AppraisalState.RETURNED, by=by
    ):
        return current
    named = checked(remarks, PLAN_ITEMS)
    facts = frozenset({ITEMS_NAMED}) if named else NO_FACTS
    opinion = told(reason, named)
    moves.appraise(current, AppraisalMove.RETURN, by=by, at=at, facts=facts, reason=opinion)
    corrections.keep(current, named, by=by, at=at)
    return current


@transaction.atomic
def decline(plan: BusinessPlan, *, reason: str, by: User, at: datetime) -> BusinessPlan:
    """The plan cannot be carried out; the enrolment ends with the reason."""
    require(may_appraise(by, plan.enrolment, on=legal_day(at)))
    current = locked_plan(plan)
    if is_repeated(current.enrolment, "enrolment.decline", state="plan", by=by):
        return current
    facts = frozenset({REASON}) if reason.strip() else NO_FACTS
    moves.appraise(current, AppraisalMove.DECLINE, by=by, at=at, facts=facts, reason=reason.strip())
    moves.end(locked_enrolment(current.enrolment), "decline", by=by, at=at, note=reason.strip())
    return current


def missing(plan: BusinessPlan) -> list[str]:
    """The names of the required texts that are empty."""
    return [name for name in REQUIRED if not getattr(plan, name).strip()]


def check_money(fields: Mapping[str, Any]) -> None:
    """Own capital is a part of the whole: more than that is refused."""
    whole, own = fields.get("investment"), fields.get("own_capital")
    if whole is not None and own is not None and own > whole:
        raise RuleBroken(
            "plan.money",
            term("Vốn tự có không thể lớn hơn tổng vốn."),
            field="own_capital",
        )
