"""Tells of days that come near or have passed; each is told once, however often it is asked."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Model

from cycle.domain.dossier import DossierState
from cycle.models import Dossier
from cycle.selectors import LateAnswer, due_soon, late_answers, overdue
from cycle.services.history import about, about_dossier
from ocop_portal.journal import services as journal
from ocop_portal.journal.models import Entry
from registry.domain.clock import legal_day

DUE = "cycle.dossier.report_due"
OVERDUE = "cycle.dossier.report_overdue"
CORRECTION_DUE = "cycle.dossier.correction_due"
CORRECTION_OVERDUE = "cycle.dossier.correction_overdue"
LATE = "cycle.answer.overdue"
WORKING_DAYS_BEFORE = 3
STATE_OF = {
    DUE: DossierState.AT_COMMUNE,
    OVERDUE: DossierState.AT_COMMUNE,
    CORRECTION_DUE: DossierState.RETURNED,
    CORRECTION_OVERDUE: DossierState.RETURNED,
}


def remind_of_reports(*, at: datetime) -> int:
    """Reminds of commune reports due within three working days, and of those overdue."""
    on = legal_day(at)
    told = [_remind(DUE, row, at) for row in due_soon(on, working_days=WORKING_DAYS_BEFORE)]
    told += [_remind(OVERDUE, row, at) for row in overdue(on)]
    return sum(told)


def remind_of_corrections(*, at: datetime) -> int:
    """Reminds of the days that offices set for mending: three working days before, and after."""
    on, returned = legal_day(at), (DossierState.RETURNED,)
    near = due_soon(on, working_days=WORKING_DAYS_BEFORE, states=returned)
    told = [_remind(CORRECTION_DUE, row, at) for row in near]
    told += [_remind(CORRECTION_OVERDUE, row, at) for row in overdue(on, states=returned)]
    return sum(told)


@transaction.atomic
def _remind(kind: str, dossier: Dossier, at: datetime) -> bool:
    """One reminder for each day that was set; whether it was told now.

    The row is locked, so that two nightly runs at once tell once; a dossier that has moved on
    meanwhile is left alone.
    """
    current = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("enrolment__product", "enrolment__round")
        .get(pk=dossier.pk)
    )
    if current.state != STATE_OF[kind] or current.due_on != dossier.due_on:
        return False
    if current.due_on is None or _was_told(kind, current, current.due_on):
        return False
    facts = {**about(current.enrolment), **about_dossier(current)}
    journal.record(kind, subject=current, actor=None, at=at, facts=facts)
    return True


def remind_of_answers(*, at: datetime) -> int:
    """Reminds the offices, and those above them, of answers that they owe beyond the day."""
    return sum(_remind_late(row, at) for row in late_answers(legal_day(at)))


@transaction.atomic
def _remind_late(late: LateAnswer, at: datetime) -> bool:
    """One reminder for each day that was promised; what was answered meanwhile is left alone."""
    model = type(late.thing)
    current = model._default_manager.select_for_update(of=("self",)).get(pk=late.thing.pk)
    if current.due_on != late.due_on or _was_told(LATE, current, late.due_on):
        return False
    facts = {
        **about(late.enrolment),
        "what_name": late.what,
        "level": late.level.value,
        "address": late.thing.get_absolute_url(),
        "due_on": late.due_on.isoformat(),
        "due_day": f"{late.due_on:%d/%m/%Y}",
    }
    journal.record(LATE, subject=current, actor=None, at=at, facts=facts)
    return True


def _was_told(kind: str, thing: Model, due_on: date) -> bool:
    earlier = Entry.objects.filter(
        kind=kind, subject_type=thing._meta.label_lower, subject_id=thing.pk
    )
    return any(entry.facts.get("due_on") == due_on.isoformat() for entry in earlier)
