"""Sessions and the items of their agenda, as a person may see them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet

from cycle.domain.dossier import DossierMove
from cycle.domain.journey import EnrolmentKind
from cycle.models import Dossier, Move
from ocop_portal.accounts.models import User
from registry.domain.clock import LEGAL_ZONE, legal_day
from registry.selectors import regimes
from registry.selectors.people import Person
from scoring.domain.session_states import PENDING, ItemState, SessionState
from scoring.domain.written_opinions import are_asked
from scoring.models import AgendaItem, Council, CouncilMember, Declaration, Session
from scoring.selectors.bodies import for_body_of
from scoring.selectors.councils import seats_of, visible_councils

WITH_DOSSIER = (
    "dossier__enrolment__product__subject",
    "dossier__enrolment__commune__parent__parent__parent",
    "dossier__product_set",
    "edition",
)


def sessions() -> QuerySet[Session]:
    """Every session with its council, and how long its agenda is."""
    return (
        Session.objects.select_related("council__unit")
        .annotate(
            item_count=Count("items", filter=~Q(items__state=ItemState.REMOVED.value)),
            pending_count=Count("items", filter=Q(items__state__in=pending_values())),
        )
        .order_by("-starts_at", "-id")
    )


def pending_values() -> list[str]:
    """The states of items that still wait for an end."""
    return sorted(state.value for state in PENDING)


def visible_sessions(user: Person, on: date) -> QuerySet[Session]:
    """Sessions of the councils that the person may see."""
    return sessions().filter(council__in=visible_councils(user, on).order_by().values("pk"))


def day_of(session: Session) -> date:
    """The legal day on which the session was held, or is to be."""
    return legal_day(session.opened_at or session.starts_at)


def session_day_of(dossier: Dossier) -> date | None:
    """The day of the session on whose agenda a dossier stands, else of the last one it stood on."""
    item = (
        AgendaItem.objects.filter(dossier=dossier)
        .exclude(state=ItemState.REMOVED)
        .exclude(session__state=SessionState.CANCELLED)
        .select_related("session")
        .order_by("-session__starts_at", "-id")
        .first()
    )
    return day_of(item.session) if item else None


def items() -> QuerySet[AgendaItem]:
    """Items with their session and their dossier."""
    return AgendaItem.objects.select_related("session__council__unit", *WITH_DOSSIER).order_by(
        "session_id", "order", "id"
    )


def visible_items(user: Person, on: date) -> QuerySet[AgendaItem]:
    """Items of the sessions that the person may see: of these the title may be read."""
    councils = visible_councils(user, on).order_by().values("pk")
    return items().filter(session__council__in=councils)


def items_of(session: Session) -> QuerySet[AgendaItem]:
    """The agenda in its order, without what was taken off it."""
    return items().filter(session=session).exclude(state=ItemState.REMOVED)


def readable_items(user: Person, on: date) -> QuerySet[AgendaItem]:
    """Items of which the person may see more than the title.

    Members have declared that they have no conflict; others see by their posting and hold no
    seat in the council. What another council of theirs has shut is shut here, too.
    """
    seats = seats_of(user, on)
    free = free_item_ids(user, on)
    rows = visible_items(user, on).filter(
        Q(pk__in=free) | ~Q(session__council__in=seats.order_by().values("council"))
    )
    return rows.exclude(dossier__in=shut_dossier_ids(user, on)) if isinstance(user, User) else rows


def free_item_ids(user: Person, on: date) -> QuerySet[Declaration, int]:
    """Items for which the person, in office, declared to have no conflict of interest."""
    return (
        Declaration.objects.filter(
            member__in=seats_of(user, on).order_by().values("pk"), has_conflict=False
        )
        .exclude(item__state=ItemState.REMOVED)
        .values_list("item", flat=True)
    )


def declaration_of(item: AgendaItem, member: CouncilMember) -> Declaration | None:
    return Declaration.objects.filter(item=item, member=member).first()


def undeclared_items(user: User, on: date) -> QuerySet[AgendaItem]:
    """Pending items on which the person still has to say whether there is a conflict."""
    seats = seats_of(user, on)
    return (
        items()
        .filter(session__council__in=seats.order_by().values("council"), state__in=pending_values())
        .exclude(pk__in=Declaration.objects.filter(member__user=user).values("item"))
    )


def shut_dossier_ids(user: User, on: date) -> QuerySet[AgendaItem, int]:
    """Dossiers of which the person sees nothing but the title.

    Those on which the person has not declared, and for ever those in declared conflict.
    """
    conflicts = Declaration.objects.filter(member__user=user, has_conflict=True)
    undeclared = undeclared_items(user, on).order_by().values("pk")
    shut = Q(pk__in=conflicts.order_by().values("item")) | Q(pk__in=undeclared)
    return AgendaItem.objects.filter(shut).order_by().values_list("dossier", flat=True)


def dossiers_waiting(council: Council) -> QuerySet[Dossier]:
    """Accepted dossiers of the council's level and territory whose turn it is, the oldest first."""
    rows = (
        Dossier.objects.filter(
            state="accepted",
            level=council.level,
            enrolment__commune__path__startswith=council.unit.path,
        )
        .select_related(
            "enrolment__product__subject", "enrolment__commune__parent__parent", "product_set"
        )
        .order_by("lodged_at", "id")
    )
    return for_body_of(council, rows)


def re_evaluations_waiting(council: Council) -> QuerySet[Dossier]:
    """Of the dossiers that wait those on which the council is asked in writing."""
    laws = [law.code for law in regimes() if are_asked(law, EnrolmentKind.RE_EVALUATION)]
    return dossiers_waiting(council).filter(regime__in=laws, kind=EnrolmentKind.RE_EVALUATION)


def accepted_on(dossier: Dossier) -> date | None:
    """The legal day on which a level found the dossier complete, the last time."""
    received = Move.objects.filter(dossier=dossier, name=f"dossier.{DossierMove.RECEIVE}").order_by(
        "-at", "-id"
    )
    found = received.first()
    return legal_day(found.at) if found else None


def was_referred(dossier: Dossier) -> bool:
    """Whether written opinions differed, so that the dossier waits for a meeting."""
    newest = AgendaItem.objects.filter(dossier=dossier).order_by("-id").first()
    return newest is not None and newest.status is ItemState.REFERRED


def called_for(day: date) -> list[Session]:
    """Sessions that are called for a legal day and not open yet."""
    called = sessions().filter(
        state=SessionState.CALLED,
        starts_at__gte=datetime.combine(day, time.min, LEGAL_ZONE),
        starts_at__lt=datetime.combine(day + timedelta(days=1), time.min, LEGAL_ZONE),
    )
    return list(called)


def items_being_scored() -> QuerySet[AgendaItem]:
    """Items of sessions that are open, for reminders."""
    return items().filter(state=ItemState.SCORING, session__state=SessionState.OPENED)


@dataclass(frozen=True)
class AgendaRow:
    """An item as one reader sees it on the agenda.

    `may_read` opens more than the title; `must_declare` asks for the reader's word; `conflict`
    tells that the reader is out for this product.
    """

    item: AgendaItem
    may_read: bool
    must_declare: bool
    in_conflict: bool


def agenda_for(session: Session, user: User, on: date) -> list[AgendaRow]:
    """The agenda of a session for one reader."""
    is_member = seats_of(user, on).filter(council=session.council_id).exists()
    words = dict(
        Declaration.objects.filter(item__session=session, member__user=user).values_list(
            "item", "has_conflict"
        )
    )
    shut = set(shut_dossier_ids(user, on))
    return [
        AgendaRow(
            item=item,
            may_read=item.dossier_id not in shut
            and (words.get(item.pk) is False or (not is_member and item.pk not in words)),
            must_declare=is_member and item.pk not in words and item.status.is_pending,
            in_conflict=words.get(item.pk) is True,
        )
        for item in items_of(session)
    ]
