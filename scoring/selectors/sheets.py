"""Sheets, as far as a person may see them: one's own, and the others' once all are in."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from ocop_portal.accounts.models import User
from registry.selectors.people import Person
from scoring.domain.council import Seat
from scoring.domain.receipt import receipt_hash
from scoring.domain.session_states import ItemState, SessionState
from scoring.domain.sheet import Choices, SheetState
from scoring.models import AgendaItem, Mark, Sheet, SheetReopening
from scoring.selectors.councils import seats_of
from scoring.selectors.seating import all_in_ids
from scoring.selectors.sessions import free_item_ids, items, readable_items


def sheets() -> QuerySet[Sheet]:
    """Every sheet with its member, its item and its marks."""
    return (
        Sheet.objects.select_related(
            "member__user",
            "item__session__council__unit",
            "item__edition",
            "item__dossier__enrolment__product__subject",
            "item__dossier__product_set",
        )
        .prefetch_related(Prefetch("marks", queryset=Mark.objects.order_by("id")))
        .order_by("item_id", "ballot", "member_id")
    )


def sheet_of(item: AgendaItem, user: User, ballot: int | None = None) -> Sheet | None:
    """The person's own sheet on an item, of the open ballot or of another."""
    wanted = item.ballot if ballot is None else ballot
    return sheets().filter(item=item, member__user=user, ballot=wanted).first()


def scorable_items(user: User, on: date) -> QuerySet[AgendaItem]:
    """Items that the person reads, and those where a seat has ended after a sheet was begun.

    Of the latter nothing is shown; but whoever was filling a sheet is told why it is refused.
    """
    begun = Sheet.objects.filter(member__user=user).exclude(
        member__in=seats_of(user, on).order_by().values("pk")
    )
    readable = readable_items(user, on).order_by().values("pk")
    return items().filter(Q(pk__in=readable) | Q(pk__in=begun.order_by().values("item")))


def visible_sheets(user: Person, on: date) -> QuerySet[Sheet]:
    """One's own sheets, and those of others of which nothing needs to be hidden any more.

    Others' sheets are open to members without a conflict: of an earlier ballot, of an ended item,
    and of the open ballot once every present voter's sheet is in. Drafts of others never are.
    """
    if not isinstance(user, User):
        return sheets().none()
    free = free_item_ids(user, on)
    seats = seats_of(user, on).order_by().values("pk")
    own = Q(member__in=seats)
    others = ~Q(state=SheetState.DRAFT) & (Q(item__in=_all_in(user, on)) | _earlier_or_ended())
    return sheets().filter(own | others, item__in=free)


def submitted_sheets(item: AgendaItem) -> QuerySet[Sheet]:
    """Sheets of the open ballot that are in and not locked: whose they are, not what they say."""
    return (
        Sheet.objects.filter(item=item, ballot=item.ballot, state=SheetState.SUBMITTED)
        .select_related("member__user")
        .order_by("submitted_at", "pk")
    )


def reopenings_of(item: AgendaItem) -> QuerySet[SheetReopening]:
    """Every sheet of the item that was given back: whose, by whom, when and why."""
    return (
        SheetReopening.objects.filter(sheet__item=item)
        .select_related("sheet__member__user", "by")
        .order_by("id")
    )


def receipt_of(sheet: Sheet, choices: Choices) -> str:
    """The receipt computed again from what is stored; another one tells of a changed row."""
    return receipt_hash(
        edition=sheet.item.edition.content_hash,
        item=sheet.item_id,
        member=sheet.member_id,
        ballot=sheet.ballot,
        choices=choices,
    )


def sheets_due(user: User, on: date) -> QuerySet[AgendaItem]:
    """Items that the person, present or not yet marked, still has to score."""
    submitted = Sheet.objects.filter(
        item=OuterRef("pk"),
        ballot=OuterRef("ballot"),
        member__user=user,
    ).exclude(state=SheetState.DRAFT)
    voting = seats_of(user, on).filter(seat__in=[seat for seat in Seat if seat.scores])
    return items().filter(
        ~Exists(submitted),
        state=ItemState.SCORING,
        session__state=SessionState.OPENED,
        pk__in=free_item_ids(user, on),
        session__council__in=voting.order_by().values("council"),
    )


def _earlier_or_ended() -> Q:
    ended = (ItemState.CONCLUDED, ItemState.WITHOUT_RESULT, ItemState.STOPPED)
    return Q(item__state__in=[state.value for state in ended]) | Q(item__ballot__gt=F("ballot"))


def _all_in(user: User, on: date) -> list[int]:
    """Items that are being scored by this person's councils and of which all sheets are in."""
    scoring = items().filter(pk__in=free_item_ids(user, on), state=ItemState.SCORING)
    return all_in_ids(list(scoring))


def items_to_conclude(user: User, on: date) -> list[AgendaItem]:
    """Items of which all sheets are in, for the chairs and vice chairs who score them."""
    presiding = seats_of(user, on).filter(seat__in=[Seat.CHAIR, Seat.VICE_CHAIR])
    councils = presiding.order_by().values("council")
    waiting = items().filter(session__council__in=councils, pk__in=_all_in(user, on))
    return list(waiting)
