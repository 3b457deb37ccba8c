"""What waits on one person by name in the scoring: seats in councils, complaints taken."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop_portal.accounts.models import User
from registry import duties
from registry.duties import Duty
from scoring.domain.complaint_states import ComplaintState
from scoring.domain.session_states import SessionState
from scoring.models import Complaint, CouncilMember, Session
from scoring.services import complaints

MEETING = (SessionState.CALLED, SessionState.OPENED)


def register() -> None:
    """Called once, when the portal starts."""
    duties.register("scoring.sessions", sessions_of)
    duties.register("scoring.seats", seats_of)
    duties.register("scoring.complaints", complaints_of, hand_over=hand_complaint_over)


def sessions_of(person: User, at: datetime) -> Iterator[Duty]:
    """Sessions called or open in which the person sits: others need the vote or the minutes."""
    seats = _seats(person, at).values("council")
    rows = Session.objects.filter(council__in=seats, state__in=MEETING).select_related("council")
    for row in rows.order_by("starts_at", "pk"):
        yield Duty(
            key=row.pk,
            label=gettext_lazy("Phiên họp hội đồng"),
            title=f"{row.council.name}, {timezone.localtime(row.starts_at):%d/%m/%Y}",
            due_on=timezone.localdate(row.starts_at),
            stops_others=True,
        )


def seats_of(person: User, at: datetime) -> Iterator[Duty]:
    """Seats in councils that have nothing before them now; the chair replaces who leaves."""
    meeting = Session.objects.filter(state__in=MEETING).values("council")
    for seat in _seats(person, at).exclude(council__in=meeting).select_related("council"):
        yield Duty(
            key=seat.pk,
            label=gettext_lazy("Ghế trong hội đồng"),
            title=f"{seat.council.name} ({_(seat.role.label)})",
        )


def complaints_of(person: User, _at: datetime) -> Iterator[Duty]:
    """Complaints that the person took and has not answered."""
    rows = Complaint.objects.filter(owner=person, state=ComplaintState.TAKEN)
    for row in rows.order_by("due_on", "pk"):
        yield Duty(
            key=row.pk,
            label=gettext_lazy("Khiếu nại đang giải quyết"),
            title=_("số %(number)s, gửi ngày %(day)s")
            % {"number": row.pk, "day": f"{timezone.localtime(row.lodged_at):%d/%m/%Y}"},
            due_on=row.due_on,
        )


def hand_complaint_over(key: int, *, to: User, by: User, at: datetime) -> object:
    """Gives a complaint to a colleague of the office."""
    return complaints.hand_over(Complaint.objects.get(pk=key), to=to, by=by, at=at)


def _seats(person: User, at: datetime) -> QuerySet[CouncilMember]:
    today = timezone.localdate(at)
    now = Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    return CouncilMember.objects.filter(now, user=person).order_by("council_id", "pk")
