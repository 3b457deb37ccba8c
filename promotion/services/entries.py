"""Applications to events: sent, taken back, selected or declined, present or absent, and outcomes.

The only place that sets the state of an application.
"""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.domain.entries import CHOSEN, ENTRY, STANDING, EntryMove, EntryState, Outcome
from promotion.domain.events import EventState, check_application
from promotion.domain.figures import LARGEST_COUNT, LARGEST_REVENUE, check_figure
from promotion.models import Event, EventEntry
from promotion.permissions import may_call_event, may_promote, may_tell_outcome
from promotion.selectors.recognitions import is_held
from promotion.services.events import check_open
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.models import Product


@transaction.atomic
def apply(event: Event, product: Product, *, note: str = "", by: User, at: datetime) -> EventEntry:
    """The producer applies for a recognised product, once, until the last day."""
    require(may_promote(by, product, on=legal_day(at)))
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.status is not EventState.CALLED:
        raise RuleBroken(
            "event.not_open", term("Sự kiện này không nhận đăng ký nữa."), field="product"
        )
    on = legal_day(at)
    check_application(
        event.days,
        on=on,
        holds_today=is_held(product, on=on),
        holds_then=is_held(product, on=event.starts_on),
    )
    if event.entries.filter(product=product, state__in=STANDING).exists():
        raise RuleBroken(
            "event.applied_already", term("Sản phẩm này đã đăng ký sự kiện."), field="product"
        )
    entry = EventEntry.objects.create(
        event=event, product=product, note=nfc(note).strip(), applied_at=at, applied_by=by
    )
    _record_entry(entry, "applied", by, at)
    return entry


@transaction.atomic
def withdraw(entry: EventEntry, *, by: User, at: datetime) -> EventEntry:
    """The producer takes the application back; the booth is free again."""
    entry = _locked(entry)
    require(may_promote(by, entry.product, on=legal_day(at)))
    check_open(entry.event)
    entry.state = ENTRY.decide(entry.status, EntryMove.WITHDRAW)
    entry.booth = ""
    entry.save(update_fields=["state", "booth"])
    _record_entry(entry, "withdrawn", by, at)
    return entry


@transaction.atomic
def select(
    entry: EventEntry, *, reason: str, booth: str = "", by: User, at: datetime
) -> EventEntry:
    """The office chooses the product with a reason; the certificate lasts until the opening.

    Refused: more than there are booths, and a booth that another has.
    """
    entry = _answering(entry, by=by, at=at)
    facts = {"reason"} if reason.strip() else set()
    if is_held(entry.product, on=max(legal_day(at), entry.event.starts_on)):
        facts.add("recognised")
    state = ENTRY.decide(entry.status, EntryMove.SELECT, frozenset(facts))
    others = entry.event.entries.exclude(pk=entry.pk)
    _check_booths(entry.event, others.filter(state__in=CHOSEN).count())
    entry.booth = _free_booth(booth, {each.booth for each in others})
    entry.state, entry.reason = state, nfc(reason).strip()
    entry.save(update_fields=["state", "reason", "booth"])
    _record_entry(entry, "selected", by, at)
    return entry


@transaction.atomic
def decline(entry: EventEntry, *, reason: str, by: User, at: datetime) -> EventEntry:
    """The office does not choose the product; the producer reads why."""
    entry = _answering(entry, by=by, at=at)
    facts = frozenset({"reason"}) if reason.strip() else frozenset()
    entry.state = ENTRY.decide(entry.status, EntryMove.DECLINE, facts)
    entry.reason, entry.booth = nfc(reason).strip(), ""
    entry.save(update_fields=["state", "reason", "booth"])
    _record_entry(entry, "declined", by, at)
    return entry


@transaction.atomic
def mark(entry: EventEntry, *, is_present: bool, by: User, at: datetime) -> EventEntry:
    """Who came, from the first day on; figures of one who was absent after all are dropped."""
    entry = _answering(entry, by=by, at=at)
    move = EntryMove.ATTEND if is_present else EntryMove.MISS
    started = entry.event.days.has_started(legal_day(at))
    entry.state = ENTRY.decide(entry.status, move, frozenset({"started"} if started else ()))
    if not is_present:
        entry.contracts = entry.revenue = None
    entry.save(update_fields=["state", "contracts", "revenue"])
    _record_entry(entry, "marked", by, at)
    return entry


@transaction.atomic
def tell_outcome(entry: EventEntry, outcome: Outcome, *, by: User, at: datetime) -> EventEntry:
    """Contracts and revenue, said by the producer or the office of one who came."""
    entry = _locked(entry)
    require(may_tell_outcome(by, entry, on=legal_day(at)))
    if entry.status is not EntryState.ATTENDED:
        raise RuleBroken(
            "entry.not_attended", term("Chỉ ghi kết quả khi cơ quan đã ghi sản phẩm có mặt.")
        )
    check_figure(outcome.contracts, field="contracts", largest=LARGEST_COUNT)
    check_figure(outcome.revenue, field="revenue", largest=LARGEST_REVENUE)
    entry.contracts, entry.revenue = outcome.contracts, outcome.revenue
    entry.save(update_fields=["contracts", "revenue"])
    _record_entry(entry, "outcome_told", by, at)
    return entry


def _locked(entry: EventEntry) -> EventEntry:
    """The event first, then the application: everybody locks in this order."""
    Event.objects.select_for_update().get(pk=entry.event_id)
    rows = EventEntry.objects.select_for_update(of=("self",))
    return rows.select_related("event__unit", "product__subject").get(pk=entry.pk)


def _answering(entry: EventEntry, *, by: User, at: datetime) -> EventEntry:
    entry = _locked(entry)
    require(may_call_event(by, entry.event.unit, on=legal_day(at)))
    check_open(entry.event)
    return entry


def _check_booths(event: Event, taken: int) -> None:
    if event.booths is not None and taken >= event.booths:
        raise RuleBroken(
            "event.no_booth_left",
            term(
                "Cả %(booths)s gian hàng đã có người; hãy tăng số gian hoặc bỏ chọn sản phẩm khác."
            ),
            field="booth",
            booths=event.booths,
        )


def _free_booth(booth: str, taken: set[str]) -> str:
    wanted = nfc(booth).strip()
    if wanted and wanted in taken:
        raise RuleBroken(
            "event.booth_taken",
            term("Gian %(booth)s đã có sản phẩm khác."),
            field="booth",
            booth=wanted,
        )
    return wanted


def _record_entry(entry: EventEntry, word: str, by: User, at: datetime) -> None:
    record(
        f"promotion.entry.{word}",
        subject=entry,
        actor=by,
        at=at,
        facts={
            "event": entry.event_id,
            "name": entry.event.name,
            "product": entry.product_id,
            "product_name": entry.product.name,
            "reason": entry.reason,
            "booth": entry.booth,
            "starts_on": f"{entry.event.starts_on:%d/%m/%Y}",
        },
    )
