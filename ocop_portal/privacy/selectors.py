"""Requests and files of personal data, for those whom they concern."""

from datetime import date, datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When

from ocop_portal.accounts.models import User
from ocop_portal.privacy.models import DataExport, DataRequest, RequestState
from ocop_portal.privacy.permissions import people_answered_for


def requests_for(user: User, on: date) -> QuerySet[DataRequest]:
    """The requests of the people for whom the reader answers: what waits first, by its day."""
    waits = Case(
        When(state=RequestState.WAITING, then=Value(0)),
        When(state=RequestState.APPROVED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = DataRequest.objects.filter(person__in=people_answered_for(user, on).values("pk"))
    return rows.exclude(person=user).select_related("person").order_by(waits, "due_at", "pk")


def own_requests(user: User) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(person=user).order_by("-asked_at", "-pk")


def latest_export(user: User, at: datetime) -> DataExport | None:
    """The person's last file that can still be fetched, or is being made."""
    return DataExport.objects.filter(person=user, expires_at__gt=at).first()
