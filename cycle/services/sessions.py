"""Sessions of information and training: held, cancelled, and who comes to them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from cycle.domain.sessions import (
    SessionKind,
    check_registration,
    check_times,
    key_of_account,
    key_of_guest,
)
from cycle.models import InformationSession, SessionAttendee
from cycle.permissions import may_hold_session, may_keep_session
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.roles import OFFICER_ROLES
from registry.domain.text import nfc, term
from registry.models import Unit
from registry.selectors import has_role


@transaction.atomic
def hold(
    *,
    unit: Unit,
    title: str,
    kind: SessionKind,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    registration_closes_at: datetime,
    by: User,
    at: datetime,
    capacity: int | None = None,
    description: str = "",
) -> InformationSession:
    """Announces a session in the name of a unit; the same one sent again is the same session.

    Refused: a time that has passed or is in the wrong order, a registration after the start.
    """
    require(may_hold_session(by, unit, on=legal_day(at)))
    check_times(
        starts_at=starts_at,
        ends_at=ends_at,
        registration_closes_at=registration_closes_at,
        at=at,
    )
    session, is_new = InformationSession.objects.get_or_create(
        unit=unit,
        title=nfc(title).strip(),
        starts_at=starts_at,
        cancelled_at=None,
        defaults={
            "kind": SessionKind(kind),
            "place": nfc(place).strip(),
            "ends_at": ends_at,
            "registration_closes_at": registration_closes_at,
            "capacity": capacity,
            "description": nfc(description).strip(),
            "created_by": by,
            "created_at": at,
        },
    )
    if is_new:
        _tell("opened", session, by=by, at=at, kind=str(session.kind), unit=unit.pk)
    return session


@transaction.atomic
def cancel(
    session: InformationSession, *, reason: str, by: User, at: datetime
) -> InformationSession:
    """The session does not take place; those who registered are told why. Twice: no change."""
    require(may_keep_session(by, session, on=legal_day(at)))
    current = _locked(session)
    if current.cancelled_at is not None:
        return current
    if current.has_begun(at):
        raise RuleBroken("session.begun", term("Lớp đã bắt đầu, không hủy được nữa."))
    reason = nfc(reason).strip()
    if not reason:
        raise RuleBroken("session.reason", term("Hãy ghi lý do hủy lớp."), field="reason")
    current.cancelled_at, current.reason = at, reason
    current.save(update_fields=["cancelled_at", "reason"])
    day = f"{legal_day(current.starts_at):%d/%m/%Y}"
    _tell("cancelled", current, by=by, at=at, reason=reason, day=day)
    return current


@transaction.atomic
def register(session: InformationSession, *, phone: str, by: User, at: datetime) -> SessionAttendee:
    """Keeps a seat for the person; refused after the time for it, or when all are taken."""
    current = _locked(session)
    _require_on(current)
    key = key_of_account(by.pk)
    there = current.attendees.filter(person_key=key).first()
    if there is not None:
        return there
    check_registration(
        closes_at=current.registration_closes_at,
        capacity=current.capacity,
        taken=current.attendees.count(),
        at=at,
    )
    attendee = SessionAttendee.objects.create(
        session=current,
        user=by,
        name=by.full_name or by.email,
        phone=nfc(phone).strip(),
        person_key=key,
        is_official=has_role(by, *OFFICER_ROLES, on=legal_day(at)),
        registered_at=at,
    )
    _tell("registered", current, by=by, at=at, attendee=attendee.pk)
    return attendee


@transaction.atomic
def leave(session: InformationSession, *, by: User, at: datetime) -> None:
    """Gives the seat back; who was there stays written down. Not registered: no change."""
    current = _locked(session)
    there = current.attendees.filter(person_key=key_of_account(by.pk)).first()
    if there is None:
        return
    if there.attended_at is not None or current.has_begun(at):
        raise RuleBroken("session.begun", term("Lớp đã bắt đầu, không thôi dự được nữa."))
    _tell("left", current, by=by, at=at, attendee=there.pk)
    there.delete()


@transaction.atomic
def add_on_site(
    session: InformationSession,
    *,
    name: str,
    phone: str,
    is_official: bool,
    by: User,
    at: datetime,
) -> SessionAttendee:
    """Writes down somebody without an account; once the session has begun, as present.

    The office may go beyond the seats: whoever came, came. The same person twice is one row.
    """
    require(may_keep_session(by, session, on=legal_day(at)))
    current = _locked(session)
    _require_on(current)
    name, phone = nfc(name).strip(), nfc(phone).strip()
    if not name:
        raise RuleBroken("session.name", term("Hãy ghi họ và tên."), field="name")
    is_there = current.has_begun(at)
    attendee, is_new = SessionAttendee.objects.get_or_create(
        session=current,
        person_key=key_of_guest(name, phone),
        defaults={
            "name": name,
            "phone": phone,
            "is_official": is_official,
            "registered_at": at,
            "attended_at": at if is_there else None,
            "marked_by": by if is_there else None,
        },
    )
    if is_new:
        _tell("added", current, by=by, at=at, attendee=attendee.pk)
    return attendee


@transaction.atomic
def mark_attendance(
    session: InformationSession, *, present: Collection[int], by: User, at: datetime
) -> InformationSession:
    """Who of those written down was there, by their keys; what is not named was not there.

    Refused before the session has begun. What is already so keeps its time and its writer.
    """
    require(may_keep_session(by, session, on=legal_day(at)))
    current = _locked(session)
    _require_on(current)
    if not current.has_begun(at):
        raise RuleBroken("session.not_begun", term("Lớp chưa bắt đầu nên chưa điểm danh được."))
    rows = SessionAttendee.objects.filter(session=current)
    came = rows.filter(pk__in=present, attended_at__isnull=True)
    added = came.update(attended_at=at, marked_by=by)
    missing = rows.filter(attended_at__isnull=False).exclude(pk__in=present)
    removed = missing.update(attended_at=None, marked_by=by)
    if added or removed:
        _tell("attendance_marked", current, by=by, at=at, added=added, removed=removed)
    return current


def _locked(session: InformationSession) -> InformationSession:
    rows = InformationSession.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=session.pk)


def _require_on(session: InformationSession) -> None:
    if session.cancelled_at is not None:
        raise RuleBroken("session.cancelled", term("Lớp này đã bị hủy."))


def _tell(word: str, session: InformationSession, *, by: User, at: datetime, **facts: Any) -> None:
    journal.record(
        f"cycle.session.{word}",
        subject=session,
        actor=by,
        at=at,
        facts={"session": session.pk, "title": session.title, **facts},
    )
