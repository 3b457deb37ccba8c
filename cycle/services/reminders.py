"""Tells of days that come near or have passed; each is told once, however often it is asked."""

from datetime import date, datetime

from django.db import transaction

from cycle.domain.dossier import DossierState
from cycle.models import Dossier
from cycle.selectors import due_soon, overdue
from cycle.services.history import about, about_dossier
from ocop_portal.journal import services as journal
from ocop_portal.journal.models import Entry
from registry.domain.clock import legal_day

DUE = "cycle.dossier.report_due"
OVERDUE = "cycle.dossier.report_overdue"
WORKING_DAYS_BEFORE = 3


def remind_of_reports(*, at: datetime) -> int:
    """Reminds of commune reports due within three working days, and of those overdue."""
    on = legal_day(at)
    told = [_remind(DUE, row, at) for row in due_soon(on, working_days=WORKING_DAYS_BEFORE)]
    told += [_remind(OVERDUE, row, at) for row in overdue(on)]
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
    if current.state != DossierState.AT_COMMUNE or current.due_on != dossier.due_on:
        return False
    if current.due_on is None or _was_told(kind, current, current.due_on):
        return False
    facts = {**about(current.enrolment), **about_dossier(current)}
    journal.record(kind, subject=current, actor=None, at=at, facts=facts)
    return True


def _was_told(kind: str, dossier: Dossier, due_on: date) -> bool:
    earlier = Entry.objects.filter(
        kind=kind, subject_type=dossier._meta.label_lower, subject_id=dossier.pk
    )
    return any(entry.facts.get("due_on") == due_on.isoformat() for entry in earlier)
