"""Events for everybody, for the offices that call them, and for producers."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ocop_portal.accounts.models import User
from promotion.domain.entries import CHOSEN, STANDING, EntryState, Totals, totals
from promotion.domain.events import EventState
from promotion.models import Event, EventEntry, Listing
from promotion.selectors.recognitions import held
from registry.domain.roles import SUBJECT_ROLES
from registry.models import Posting, Product
from registry.selectors import standing_of
from registry.selectors.people import Person, active


def events() -> QuerySet[Event]:
    """Every event, the latest first; a cancelled one says so."""
    return Event.objects.select_related("unit__parent__parent").order_by("-starts_on", "-id")


def still_to_come(rows: QuerySet[Event], on: date) -> QuerySet[Event]:
    """Those that have not ended, the nearest first."""
    return rows.filter(ends_on__gte=on).order_by("starts_on", "id")


def with_counts(rows: QuerySet[Event]) -> QuerySet[Event]:
    """Each with its applications to answer and its products."""
    return rows.annotate(
        waiting=Count("entries", filter=Q(entries__state=EntryState.APPLIED)),
        chosen=Count("entries", filter=Q(entries__state__in=CHOSEN)),
    )


def kept_events(user: Person, on: date) -> QuerySet[Event]:
    """Those of the units at or below the person's postings; producers see none here."""
    if not isinstance(user, User):
        return events().none()
    seen = Q(pk__in=[])
    for path in standing_of(user, on).paths:
        seen |= Q(unit__path__startswith=path)
    return events().filter(seen)


def entries_of(event: Event) -> QuerySet[EventEntry]:
    """Its applications in the order they came."""
    rows = event.entries.select_related("product__subject", "product__commune__parent__parent")
    return rows.order_by("applied_at", "id")


def shown_products(event: Event) -> QuerySet[EventEntry]:
    """The chosen products that have a public page, by booth."""
    rows = event.entries.filter(state__in=(EntryState.SELECTED, EntryState.ATTENDED))
    rows = rows.filter(product__listing__hidden=False).select_related("product__listing")
    return rows.order_by("booth", "product__listing__sort_key", "id")


def totals_of(entries: Iterable[EventEntry]) -> Totals:
    return totals(each.outcome for each in entries if each.status is EntryState.ATTENDED)


def own_entries(user: Person, on: date) -> QuerySet[EventEntry]:
    """The applications of the subjects that the person works for, the latest event first."""
    rows = EventEntry.objects.filter(product__subject__in=standing_of(user, on).subject_ids)
    rows = rows.select_related("event__unit__parent__parent", "product__subject")
    return rows.order_by("-event__starts_on", "-id")


def may_apply_with(user: Person, event: Event, on: date) -> QuerySet[Product]:
    """The person's recognised products that have not applied yet."""
    has_applied = EventEntry.objects.filter(event=event, product=OuterRef("pk"), state__in=STANDING)
    rows = Product.objects.filter(
        ~Exists(has_applied),
        subject__in=standing_of(user, on).subject_ids,
        pk__in=held(on=on).values("listing__product"),
    )
    return rows.select_related("subject").order_by("name", "id")


def taking_applications(on: date) -> QuerySet[Event]:
    return events().filter(state=EventState.CALLED, apply_by__gte=on).order_by("apply_by", "id")


def open_to(user: Person, on: date) -> QuerySet[Event]:
    """Events that take applications, where a recognised product of the person has not applied."""
    subjects = standing_of(user, on).subject_ids
    own = Product.objects.filter(
        subject__in=subjects, pk__in=held(on=on).values("listing__product")
    )
    if not subjects or not own.exists():
        return events().none()
    applied = EventEntry.objects.filter(
        event=OuterRef("pk"), product__subject__in=subjects, state__in=STANDING
    )
    return taking_applications(on).filter(~Exists(applied))


def to_answer(user: Person, on: date) -> QuerySet[Event]:
    """Events of the person's offices whose last day has passed with applications unanswered."""
    waiting = EventEntry.objects.filter(event=OuterRef("pk"), state=EntryState.APPLIED)
    rows = kept_events(user, on).filter(Exists(waiting), state=EventState.CALLED)
    return rows.filter(apply_by__lt=on).order_by("starts_on", "id")


def to_conclude(user: Person, on: date) -> QuerySet[Event]:
    """Events of the person's offices that are over and not concluded."""
    rows = kept_events(user, on).filter(state=EventState.CALLED, ends_on__lt=on)
    return rows.order_by("ends_on", "id")


def outcomes_to_tell(user: Person, on: date) -> QuerySet[EventEntry]:
    """The person's products that were there, without figures yet."""
    return own_entries(user, on).filter(
        state=EntryState.ATTENDED, contracts=None, event__ends_on__lt=on
    )


def producers_in(path: str, on: date) -> QuerySet[User]:
    """Who works for a subject with a recognised product at or below a unit."""
    subjects = Listing.objects.filter(
        pk__in=held(on=on).values("listing"), commune__path__startswith=path
    ).values("subject")
    posted = Posting.objects.filter(active(on), role__in=SUBJECT_ROLES, subject__in=subjects)
    return User.objects.filter(is_active=True, pk__in=posted.values("user")).order_by("pk")


def producers_at(event_id: int, on: date) -> QuerySet[User]:
    """Who works for a subject whose product has applied or was chosen."""
    entries = EventEntry.objects.filter(event=event_id, state__in=STANDING)
    posted = Posting.objects.filter(
        active(on), role__in=SUBJECT_ROLES, subject__in=entries.values("product__subject")
    )
    return User.objects.filter(is_active=True, pk__in=posted.values("user")).order_by("pk")
