"""What is told because of the clock: certificates that end, sheets that are due.

Each reminder is one journal entry; what was told once is not told again, however often the
nightly task runs.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Model

from ocop_portal.journal import services as journal
from ocop_portal.journal.models import Entry
from registry.domain.clock import legal_day
from scoring.models import AgendaItem, Certificate, CouncilMember
from scoring.selectors.boards import board_of
from scoring.selectors.certificates import due_reminders, expired_on
from scoring.selectors.complaints import due_on
from scoring.selectors.inspections import overdue_findings
from scoring.selectors.sessions import called_for, items_being_scored
from scoring.services.items import about
from scoring.services.sessions import told_time

EXPIRING = "scoring.certificate.expiring"
EXPIRED = "scoring.certificate.expired"
DUE = "scoring.sheet.due"
OVERDUE = "scoring.sheet.overdue"
FINDING = "scoring.inspection.overdue"
COMPLAINT_DUE = "scoring.complaint.due"
COMPLAINT_NOTICE_DAYS = 3
TOMORROW = "scoring.session.tomorrow"


@transaction.atomic
def remind_of_expiry(*, at: datetime) -> int:
    """The reminders of this legal day, by the days of each regime; says how many were new."""
    on = legal_day(at)
    told = 0
    for due in due_reminders(on):
        facts = {**_about(due.certificate), "days": due.days_left}
        told += _tell_once(EXPIRING, due.certificate, at=at, facts=facts, days=due.days_left)
    for certificate in expired_on(on):
        told += _tell_once(EXPIRED, certificate, at=at, facts=_about(certificate))
    return told


@transaction.atomic
def remind_of_findings(*, at: datetime) -> int:
    """Findings whose day has passed unmended, each once; says how many were new."""
    told = 0
    for finding in overdue_findings(legal_day(at)):
        inspection = finding.inspection
        facts = {
            **_about(inspection.certificate),
            "finding": finding.text,
            "due": f"{finding.due_on:%d/%m/%Y}",
            "finding_id": finding.pk,
        }
        told += _tell_once(FINDING, inspection, at=at, facts=facts, finding_id=finding.pk)
    return told


@transaction.atomic
def remind_of_sessions(*, at: datetime) -> int:
    """Members of the sessions of the next legal day; says how many sessions were new."""
    told = 0
    for session in called_for(legal_day(at) + timedelta(days=1)):
        facts = {
            "council": session.council.name,
            "session_id": session.pk,
            "place": session.place,
            "starts_at": told_time(session.starts_at),
            "due_on": f"{session.due_on:%d/%m/%Y}",
        }
        told += _tell_once(TOMORROW, session, at=at, facts=facts)
    return told


@transaction.atomic
def remind_of_complaints(*, at: datetime) -> int:
    """Who deals with a complaint, three days before its day and on each day it is late."""
    on = legal_day(at)
    told = 0
    for complaint in due_on(on + timedelta(days=COMPLAINT_NOTICE_DAYS)):
        days_left = (complaint.due_on - on).days
        if 0 < days_left < COMPLAINT_NOTICE_DAYS:
            continue
        facts = {
            "product": complaint.rating.dossier.enrolment.product.name,
            "rating_id": complaint.rating_id,
            "due_on": f"{complaint.due_on:%d/%m/%Y}",
            "day": on.isoformat(),
        }
        told += _tell_once(COMPLAINT_DUE, complaint, at=at, facts=facts, day=on.isoformat())
    return told


@transaction.atomic
def remind_of_sheets(*, at: datetime) -> int:
    """Voters whose sheet is not in: on the day before it is due, and daily once that has passed.

    Says how many reminders were new.
    """
    on = legal_day(at)
    told = 0
    for item in items_being_scored():
        days_left = (item.session.due_on - on).days
        if days_left > 1 or days_left == 0:
            continue
        for place in board_of(item).places:
            if place.is_voter and not place.is_in and (place.present or days_left == 1):
                told += _tell_of_sheet(item, place.member, on, at)
    return told


def _tell_of_sheet(item: AgendaItem, member: CouncilMember, on: date, at: datetime) -> int:
    due_on = item.session.due_on
    keys = {"member_id": member.pk, "ballot": item.ballot, "on": f"{on}"}
    facts = {**about(item), **keys, "due_on": f"{due_on:%d/%m/%Y}"}
    return _tell_once(DUE if on < due_on else OVERDUE, item, at=at, facts=facts, **keys)


def _tell_once(
    kind: str, subject: Model, *, at: datetime, facts: dict[str, object], **keys: object
) -> int:
    told = Entry.objects.filter(
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        **{f"facts__{name}": value for name, value in keys.items()},
    )
    if told.exists():
        return 0
    journal.record(kind, subject=subject, actor=None, at=at, facts=facts)
    return 1


def _about(certificate: Certificate) -> dict[str, object]:
    return {
        "number": certificate.number,
        "product": certificate.product_name,
        "product_id": certificate.product_id,
        "stars": certificate.stars,
        "valid_until": f"{certificate.valid_until:%d/%m/%Y}",
    }
