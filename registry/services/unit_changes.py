"""Records changes of units, takes planned ones back, and carries them out on their day."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain import unit_changes as rules
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division, Level
from registry.domain.text import fold, nfc, term
from registry.domain.unit_changes import ChangeKind, Concerned, Outcome, Surroundings
from registry.models import Unit, UnitChange, UnitOutcome
from registry.permissions import may_change_units
from registry.selectors.unit_changes import waiting_changes
from registry.services import unit_effects

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plan:
    """A change as somebody would have it; `corrects` is the change that was wrong."""

    kind: ChangeKind
    units: Sequence[Unit]
    outcomes: Sequence[Outcome]
    effective_on: date
    decision_number: str
    reason: str
    target: Unit | None = None
    corrects: UnitChange | None = None


@transaction.atomic
def check(plan: Plan, *, by: User, at: datetime) -> None:
    """Refuses a plan with the reason; changes nothing."""
    require(may_change_units(by, [*plan.units, *_target(plan)], on=legal_day(at)))
    units = _locked([unit.pk for unit in plan.units])
    _check_words(plan)
    _check_correction(plan)
    _check_no_other_waits(units)
    _check_rules(plan, units)


@transaction.atomic
def record(plan: Plan, *, by: User, at: datetime) -> UnitChange:
    """The change stands in the book; where its day has come it is carried out at once."""
    check(plan, by=by, at=at)
    change = UnitChange.objects.create(
        kind=plan.kind,
        target=plan.target,
        effective_on=plan.effective_on,
        decision_number=nfc(plan.decision_number).strip(),
        reason=nfc(plan.reason).strip(),
        corrects=plan.corrects,
        planned_by=by,
        planned_at=at,
    )
    change.units.set(plan.units)
    UnitOutcome.objects.bulk_create(
        UnitOutcome(change=change, code=each.code, name=nfc(each.name)) for each in plan.outcomes
    )
    journal.record(
        "registry.unit_change.planned", subject=change, actor=by, at=at, facts=_facts(change)
    )
    if change.effective_on <= legal_day(at):
        _apply(change, at=at)
    return change


@transaction.atomic
def withdraw(change: UnitChange, *, by: User, at: datetime) -> UnitChange:
    """A planned change will not be carried out; what was carried out is corrected, not undone."""
    current = UnitChange.objects.select_for_update().get(pk=change.pk)
    targets = [current.target] if current.target else []
    require(may_change_units(by, [*current.units.all(), *targets], on=legal_day(at)))
    if current.applied_at is not None:
        raise RuleBroken(
            "unit_change.applied",
            term("Thay đổi này đã có hiệu lực; hãy ghi một thay đổi mới để sửa."),
        )
    if current.withdrawn_at is None:
        current.withdrawn_at = at
        current.save(update_fields=["withdrawn_at"])
        journal.record(
            "registry.unit_change.withdrawn",
            subject=current,
            actor=by,
            at=at,
            facts=_facts(current),
        )
    return current


def apply_due(*, at: datetime) -> int:
    """Carries out every change whose legal day has come, the earliest first; how many.

    One that has become impossible meanwhile stays waiting and is told in the log; the others do
    not wait for it. Run again, nothing happens twice.
    """
    due = waiting_changes().filter(effective_on__lte=legal_day(at)).order_by("effective_on", "id")
    done = 0
    for pk in due.values_list("pk", flat=True):
        try:
            with transaction.atomic():
                change = UnitChange.objects.select_for_update().get(pk=pk)
                if change.is_waiting:
                    _check_rules(_plan_of(change), _locked(_unit_keys(change)))
                    _apply(change, at=at)
                    done += 1
        except RuleBroken as refusal:
            logger.error("unit change %s cannot be carried out: %s", pk, refusal)
    return done


def _apply(change: UnitChange, *, at: datetime) -> None:
    moved = unit_effects.carry_out(change, at=at)
    change.applied_at = at
    change.save(update_fields=["applied_at"])
    journal.record(
        "registry.unit_change.applied",
        subject=change,
        actor=change.planned_by,
        at=at,
        facts={**_facts(change), **moved},
    )


def _facts(change: UnitChange) -> dict[str, object]:
    """What the journal keeps; names and days are for the notice."""
    return {
        "kind": change.kind,
        "kind_label": ChangeKind(change.kind).label,
        "units": list(change.units.order_by("pk").values_list("pk", flat=True)),
        "before": ", ".join(change.units.order_by("pk").values_list("name", flat=True)),
        "after": ", ".join(change.outcomes.values_list("name", flat=True)),
        "on": f"{change.effective_on:%d/%m/%Y}",
        "decision": change.decision_number,
    }


def _plan_of(change: UnitChange) -> Plan:
    return Plan(
        kind=ChangeKind(change.kind),
        units=list(change.units.all()),
        outcomes=[Outcome(each.code, each.name) for each in change.outcomes.all()],
        effective_on=change.effective_on,
        decision_number=change.decision_number,
        reason=change.reason,
        target=change.target,
    )


def _target(plan: Plan) -> list[Unit]:
    return [plan.target] if plan.target is not None else []


def _unit_keys(change: UnitChange) -> list[int]:
    return list(change.units.values_list("pk", flat=True))


def _locked(keys: Sequence[int]) -> list[Unit]:
    """The units, locked in one order so that two changes of one unit are put in line."""
    rows = Unit.objects.select_for_update(of=("self",)).select_related("parent__parent")
    return list(rows.filter(pk__in=keys).order_by("pk"))


def _check_words(plan: Plan) -> None:
    if not any(sign.isdigit() for sign in plan.decision_number):
        raise RuleBroken(
            "unit_change.decision",
            term("Hãy ghi số nghị quyết hoặc quyết định, ví dụ 1683/NQ-UBTVQH15."),
            field="decision_number",
        )
    if not plan.reason.strip():
        raise RuleBroken("unit_change.reason", term("Hãy ghi lý do."), field="reason")


def _check_correction(plan: Plan) -> None:
    """A correction names a change that was carried out and that concerns one of these units."""
    if plan.corrects is None:
        return
    wrong = plan.corrects
    concerned = {*wrong.units.values_list("pk", flat=True)}
    concerned |= {each for each in wrong.outcomes.values_list("unit", flat=True) if each}
    if wrong.applied_at is None or concerned.isdisjoint(unit.pk for unit in plan.units):
        raise RuleBroken(
            "unit_change.corrects",
            term("Chỉ sửa cho một thay đổi đã có hiệu lực của chính các đơn vị này."),
            field="corrects",
        )


def _check_no_other_waits(units: Sequence[Unit]) -> None:
    other = waiting_changes().filter(units__in=units).order_by("pk").first()
    if other is not None:
        raise RuleBroken(
            "unit_change.other_waits",
            term("Một thay đổi khác của đơn vị này đang chờ đến ngày %(day)s; hãy rút nó trước."),
            field="units",
            day=f"{other.effective_on:%d/%m/%Y}",
        )


def _check_rules(plan: Plan, units: Sequence[Unit]) -> None:
    rules.check(
        plan.kind,
        [_concerned(unit) for unit in units],
        [Outcome(each.code, nfc(each.name)) for each in plan.outcomes],
        effective_on=plan.effective_on,
        target=plan.target.code if plan.target else "",
        around=_surroundings(plan, units),
    )


def _concerned(unit: Unit) -> Concerned:
    applied = UnitChange.objects.filter(units=unit, applied_at__isnull=False)
    last = applied.order_by("-effective_on").values_list("effective_on", flat=True).first()
    province = unit.province
    return Concerned(
        code=unit.code,
        name=unit.name,
        division=Division(unit.division) if unit.division else Division.THREE_TIER,
        level=Level(unit.level),
        province=province.code if province else "",
        begun_on=max((day for day in (unit.valid_from, last) if day is not None), default=None),
        ended_on=unit.valid_to,
    )


def _surroundings(plan: Plan, units: Sequence[Unit]) -> Surroundings:
    """Codes of the whole country, names of the province where the outcomes lie; promised too."""
    others = Unit.objects.filter(division=Division.TWO_TIER, valid_to__isnull=True).exclude(
        pk__in=[unit.pk for unit in units]
    )
    promised = UnitOutcome.objects.filter(change__in=waiting_changes()).exclude(
        change__units__in=units
    )
    wanted = [each.code for each in plan.outcomes]
    codes = {*others.filter(code__in=wanted).values_list("code", flat=True)}
    codes |= {*promised.filter(code__in=wanted).values_list("code", flat=True)}
    parent = plan.target or (units[0].parent if units else None)
    names = others.filter(parent=parent).values_list("name", flat=True)
    return Surroundings(codes=codes, names={fold(name) for name in names})
