"""Information and training sessions: what is coming, who keeps them, how many were trained."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from cycle.domain.sessions import SessionKind, key_of_account
from cycle.models import InformationSession, SessionAttendee, SessionMaterial
from ocop_portal.accounts.models import User
from registry.domain.clock import LEGAL_ZONE, legal_day
from registry.domain.roles import OFFICER_ROLES, Role
from registry.models import Unit
from registry.selectors import postings_of, units
from registry.selectors.people import Person

SESSION_KEEPERS = (*sorted(OFFICER_ROLES), Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Trained:
    """How many different people came to trainings, officials and others."""

    officials: int
    others: int

    @property
    def people(self) -> int:
        return self.officials + self.others


def sessions() -> QuerySet[InformationSession]:
    """Every session with its office and the number of people written down."""
    return (
        InformationSession.objects.select_related("unit__parent__parent")
        .annotate(taken=Count("attendees"))
        .order_by("-starts_at", "-id")
    )


def coming_sessions(at: datetime) -> QuerySet[InformationSession]:
    """Sessions that have not ended, the nearest first."""
    return sessions().filter(ends_at__gt=at).order_by("starts_at", "id")


def past_sessions(at: datetime) -> QuerySet[InformationSession]:
    """Sessions that took place, the newest first."""
    return sessions().filter(ends_at__lte=at, cancelled_at__isnull=True)


def kept_sessions(user: User, on: date) -> QuerySet[InformationSession]:
    """Sessions whose people the person may see: those of the person's offices and below."""
    if user.is_superuser:
        return sessions()
    mine = Q(pk__in=[])
    for path in _kept_paths(user, on):
        mine |= Q(unit__path__startswith=path)
    return sessions().filter(mine)


def sessions_to_mark(user: User, at: datetime) -> QuerySet[InformationSession]:
    """Sessions of the person's own offices that have ended and in which nobody is marked yet."""
    return (
        sessions()
        .filter(
            unit__path__in=_kept_paths(user, legal_day(at)),
            ends_at__lte=at,
            cancelled_at__isnull=True,
            pk__in=SessionAttendee.objects.order_by().values("session"),
        )
        .exclude(attendees__attended_at__isnull=False)
        .order_by("starts_at", "id")
    )


def session_offices(user: User, on: date) -> QuerySet[Unit]:
    """The units of the person's postings, of either division of the country."""
    return units().filter(path__in=_kept_paths(user, on))


def session_places(user: User, on: date) -> QuerySet[Unit]:
    """The units in whose name the person may hold a session.

    Who is posted to a unit and to the former one of the same name is offered the one of today.
    """
    offices = session_offices(user, on)
    ended = Q(valid_to__isnull=False, valid_to__lt=on)
    same = offices.exclude(ended).filter(name=OuterRef("name"), level=OuterRef("level"))
    return offices.exclude(ended & Exists(same.order_by()))


def attendees_of(session: InformationSession) -> QuerySet[SessionAttendee]:
    """Who is written down for a session, by name."""
    return SessionAttendee.objects.filter(session=session).order_by("name", "id")


def own_attendance(session: InformationSession, user: Person) -> SessionAttendee | None:
    """The person's own registration, if there is one."""
    if not isinstance(user, User):
        return None
    return session.attendees.filter(person_key=key_of_account(user.pk)).first()


def materials_of(session: InformationSession) -> QuerySet[SessionMaterial]:
    return SessionMaterial.objects.filter(session=session).order_by("id")


def materials() -> QuerySet[SessionMaterial]:
    """Every file handed out; they are public."""
    return SessionMaterial.objects.order_by("id")


def trained(year: int, *places: Unit) -> Trained:
    """Different people who came to a training at or below the units in a year, in legal time.

    Who came once as an official is an official for the whole year.
    """
    inside = Q(pk__in=[])
    for unit in places:
        inside |= Q(session__unit__path__startswith=unit.path)
    came = _came(year).filter(inside)
    people = came.aggregate(
        all=Count("person_key", distinct=True),
        officials=Count("person_key", distinct=True, filter=Q(is_official=True)),
    )
    return Trained(officials=people["officials"], others=people["all"] - people["officials"])


def trained_by_office(year: int) -> dict[int, Trained]:
    """The same for every office that held a training itself, by the key of its unit."""
    rows = (
        _came(year)
        .values(unit=F("session__unit_id"))
        .annotate(
            all=Count("person_key", distinct=True),
            officials=Count("person_key", distinct=True, filter=Q(is_official=True)),
        )
        .order_by("unit")
    )
    return {row["unit"]: Trained(row["officials"], row["all"] - row["officials"]) for row in rows}


def _came(year: int) -> QuerySet[SessionAttendee]:
    begins, ends = (
        datetime.combine(date(each, 1, 1), time(), tzinfo=LEGAL_ZONE) for each in (year, year + 1)
    )
    return SessionAttendee.objects.filter(
        session__kind=SessionKind.TRAINING,
        session__cancelled_at__isnull=True,
        session__starts_at__gte=begins,
        session__starts_at__lt=ends,
        attended_at__isnull=False,
    ).order_by()


def _kept_paths(user: User, on: date) -> list[str]:
    return [
        posting.unit.path
        for posting in postings_of(user, on)
        if Role(posting.role) in SESSION_KEEPERS and posting.unit is not None
    ]
