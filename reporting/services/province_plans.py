"""Provinces' yearly plans: drafted, filled, approved, replaced. The only place of their state."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.text import nfc, term
from registry.models import Unit
from reporting.domain.funds import check_amount
from reporting.domain.plan_states import PLAN, PlanMove, PlanState, check_aims, check_year
from reporting.models import PlanAim, PlanFunds, ProvincePlan
from reporting.permissions import may_write_for
from reporting.selectors.funds import indicators_of, law_of_year


@transaction.atomic
def draft(unit: Unit, year: int, *, by: User, at: datetime) -> ProvincePlan:
    """A new plan of the year, begun with what is in force; or the draft that there is."""
    require(may_write_for(by, unit, on=legal_day(at)))
    check_year(year)
    known = ProvincePlan.objects.select_for_update().filter(unit=unit, year=year)
    if (open_one := known.filter(state=PlanState.DRAFT).first()) is not None:
        return open_one
    plan = ProvincePlan.objects.create(unit=unit, year=year, drafted_by=by, drafted_at=at)
    before = known.filter(state=PlanState.APPROVED).first()
    if before is not None:
        plan.note = before.note
        plan.save(update_fields=["note"])
        PlanAim.objects.bulk_create(
            PlanAim(plan=plan, indicator=each.indicator, aim=each.aim) for each in before.aims.all()
        )
        PlanFunds.objects.bulk_create(
            PlanFunds(plan=plan, source=each.source, project=each.project, amount=each.amount)
            for each in before.funds.all()
        )
    _record(plan, "drafted", by, at)
    return plan


@transaction.atomic
def save_aims(
    plan: ProvincePlan,
    *,
    note: str,
    aims: Mapping[str, int],
    version: int,
    by: User,
    at: datetime,
) -> ProvincePlan:
    """What the plan aims at, whole; an indicator that is left out is no aim of it."""
    current = _open(plan, version, by, at)
    check_aims(aims, frozenset(each.code for each in indicators_of(current.year)))
    current.note = nfc(note).strip()
    current.version += 1
    current.save(update_fields=["note", "version"])
    current.aims.all().delete()
    PlanAim.objects.bulk_create(
        PlanAim(plan=current, indicator=code, aim=aim) for code, aim in aims.items()
    )
    _record(current, "filled", by, at)
    return current


@transaction.atomic
def set_funds(
    plan: ProvincePlan,
    *,
    source: str,
    project: str,
    amount: int,
    version: int,
    by: User,
    at: datetime,
) -> ProvincePlan:
    """The money of one source for one component project; 0 takes the line out."""
    current = _open(plan, version, by, at)
    check_codes(source, project, current.year)
    if amount:
        check_amount(amount)
        current.funds.update_or_create(source=source, project=project, defaults={"amount": amount})
    else:
        current.funds.filter(source=source, project=project).delete()
    current.version += 1
    current.save(update_fields=["version"])
    _record(current, "filled", by, at, source=source, project=project, amount=amount)
    return current


@transaction.atomic
def approve(
    plan: ProvincePlan,
    *,
    number: str,
    approved_on: date,
    version: int,
    by: User,
    at: datetime,
) -> ProvincePlan:
    """In force from now on, with the number and day of its decision; replaces the one before.

    Refused: a day to come, an empty plan, no number.
    """
    current = _open(plan, version, by, at)
    if approved_on > legal_day(at):
        raise RuleBroken("plan.approved_on", term("Ngày phê duyệt chưa tới."), field="approved_on")
    facts = set()
    if number.strip():
        facts.add("paper")
    if current.aims.exists() or current.funds.exists():
        facts.add("contents")
    target = PLAN.decide(current.status, PlanMove.APPROVE, frozenset(facts))
    others = ProvincePlan.objects.select_for_update().filter(unit=current.unit, year=current.year)
    for before in others.filter(state=PlanState.APPROVED):
        before.state = PLAN.decide(before.status, PlanMove.REPLACE)
        before.save(update_fields=["state"])
        _record(before, "replaced", by, at)
    current.state = target
    current.number, current.approved_on = nfc(number).strip(), approved_on
    current.version += 1
    current.save(update_fields=["state", "number", "approved_on", "version"])
    _record(current, "approved", by, at, number=current.number)
    return current


def check_codes(source: str, project: str, year: int) -> None:
    """A source and a component project that the year has."""
    law = law_of_year(year)
    if source not in {each.code for each in law.sources}:
        raise RuleBroken(
            "funds.source", term("Nguồn vốn này không có trong năm đó."), field="source"
        )
    if project not in {each.code for each in law.projects}:
        raise RuleBroken(
            "funds.project", term("Dự án thành phần này không có trong năm đó."), field="project"
        )


def _open(plan: ProvincePlan, version: int, by: User, at: datetime) -> ProvincePlan:
    """The draft, locked and as the page knew it."""
    rows = ProvincePlan.objects.select_for_update(of=("self",)).select_related("unit")
    current = rows.get(pk=plan.pk)
    require(may_write_for(by, current.unit, on=legal_day(at)))
    if current.status is not PlanState.DRAFT:
        raise RuleBroken(
            "plan.closed",
            term("Kế hoạch đã phê duyệt thì không sửa; hãy soạn kế hoạch điều chỉnh."),
        )
    if current.version != version:
        raise Stale(
            "plan.stale", term("Kế hoạch vừa được người khác sửa. Hãy tải lại trang rồi làm tiếp.")
        )
    return current


def _record(plan: ProvincePlan, word: str, by: User, at: datetime, **more: object) -> None:
    record(
        f"reporting.plan.{word}",
        subject=plan,
        actor=by,
        at=at,
        facts={"unit": plan.unit_id, "unit_name": plan.unit.name, "year": plan.year, **more},
    )
