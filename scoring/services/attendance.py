"""Who is in the room: the secretary marks presence while a session is under way."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring import permissions
from scoring.domain.session_states import SessionState
from scoring.models import Attendance, CouncilMember, Session
from scoring.selectors.councils import roster
from scoring.selectors.sessions import day_of
from scoring.services.sessions import locked, record


@transaction.atomic
def mark_present(session: Session, member: CouncilMember, *, by: User, at: datetime) -> None:
    """The secretary sees the member in the room; marked twice is marked once."""
    require(permissions.may_keep(by, session, on=legal_day(at)))
    current = locked(session)
    _check_marking(current, member)
    _row, made = Attendance.objects.get_or_create(
        session=current, member=member, defaults={"marked_at": at, "marked_by": by}
    )
    if made:
        record("attendance_marked", current, by, at, member=member.pk)


@transaction.atomic
def mark_absent(session: Session, member: CouncilMember, *, by: User, at: datetime) -> None:
    """Takes a mark of presence back; a member's sheet then no longer counts."""
    require(permissions.may_keep(by, session, on=legal_day(at)))
    current = locked(session)
    _check_marking(current, member)
    gone, _rows = Attendance.objects.filter(session=current, member=member).delete()
    if gone:
        record("attendance_unmarked", current, by, at, member=member.pk)


def _check_marking(session: Session, member: CouncilMember) -> None:
    if session.status is not SessionState.OPENED:
        raise RuleBroken(
            "session.not_opened", term("Chỉ ghi nhận có mặt khi phiên họp đang diễn ra.")
        )
    if member.pk not in {each.pk for each in roster(session.council, day_of(session))}:
        raise RuleBroken("session.not_seated", term("Người này không phải thành viên đương nhiệm."))
