"""Events: called, applied to by recognised products only, selected with reasons, concluded."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ocop_portal.accounts.models import User
from ocop_portal.journal import notices
from ocop_portal.journal.models import Entry
from promotion.domain.entries import EntryState, Outcome
from promotion.domain.events import EventState
from promotion.models import Event, EventEntry
from promotion.selectors import events as found
from promotion.services import entries, events
from registry.domain.errors import RuleBroken
from registry.models import Product, Subject
from tests.factories import events as make_events
from tests.factories import points as make_points
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOW, TODAY = make.NOW, make.TODAY


def after(days: int) -> datetime:
    return NOW + timedelta(days=days)


@pytest.fixture
def officer() -> User:
    return make_points.keeper()


@pytest.fixture
def event(officer: User, product: Product) -> Event:
    return make_events.called(by=officer, booths=1)


@pytest.fixture
def product(subject: Subject) -> Product:
    return make.listing(registry.product(subject, name="Chè Tân Cương")).product


@pytest.fixture
def entry(event: Event, product: Product, producer: User) -> EventEntry:
    return make_events.applied(event, product, by=producer)


def told_of(kind: str) -> set[User]:
    entry, notice = Entry.objects.get(kind=kind), notices.notice_of(kind)
    assert notice is not None
    return set(notice.recipients(entry))


def test_event_when_called_then_the_areas_producers_are_told_and_have_a_deadline(
    event: Event, producer: User, stranger: User
) -> None:
    assert told_of("promotion.event.called") == {producer}
    assert list(found.open_to(producer, TODAY)) == [event]
    assert not found.open_to(stranger, TODAY).exists()


def test_event_when_called_from_elsewhere_then_denied(producer: User) -> None:
    elsewhere = make_points.keeper(registry.province("Tỉnh Lào Cai", "15"))

    for person in (elsewhere, producer):
        with pytest.raises(PermissionDenied):
            make_events.called(by=person)


def test_application_when_it_is_not_allowed_then_refused(
    event: Event, product: Product, producer: User, subject: Subject
) -> None:
    plain = registry.product(subject, name="Chưa có giấy")
    foreign = make.listing(registry.product(name="Mật ong")).product

    with pytest.raises(RuleBroken, match=r"event\.not_recognised"):
        entries.apply(event, plain, by=producer, at=NOW)
    with pytest.raises(PermissionDenied):
        entries.apply(event, foreign, by=producer, at=NOW)
    with pytest.raises(RuleBroken, match=r"event\.deadline_passed"):
        entries.apply(event, product, by=producer, at=after(11))
    entries.apply(event, product, by=producer, at=after(10))
    with pytest.raises(RuleBroken, match=r"event\.applied_already"):
        entries.apply(event, product, by=producer, at=after(10))


def test_application_when_the_certificate_ends_before_the_opening_then_refused(
    officer: User, subject: Subject, producer: User
) -> None:
    ending = make.listing(
        registry.product(subject, name="Sắp hết hạn"), valid_until=after(15).date()
    ).product
    event = make_events.called(by=officer)

    with pytest.raises(RuleBroken, match=r"event\.expires_before"):
        entries.apply(event, ending, by=producer, at=NOW)


def test_application_when_withdrawn_then_it_may_come_again(
    entry: EventEntry, event: Event, product: Product, producer: User, stranger: User
) -> None:
    with pytest.raises(PermissionDenied):
        entries.withdraw(entry, by=stranger, at=NOW)
    entries.withdraw(entry, by=producer, at=NOW)

    again = entries.apply(event, product, by=producer, at=NOW)

    assert again.status is EntryState.APPLIED
    with pytest.raises(RuleBroken, match=r"entry\.not_from_here"):
        entries.withdraw(entry, by=producer, at=NOW)


def test_selection_when_it_lacks_a_reason_or_a_booth_then_refused(
    entry: EventEntry, event: Event, officer: User, producer: User, subject: Subject
) -> None:
    other = make.listing(registry.product(subject, name="Trà hoa vàng")).product
    second = entries.apply(event, other, by=producer, at=NOW)

    with pytest.raises(RuleBroken, match=r"entry\.needs_reason"):
        entries.select(entry, reason=" ", by=officer, at=NOW)
    with pytest.raises(PermissionDenied):
        entries.select(entry, reason="x", by=producer, at=NOW)
    chosen = entries.select(entry, reason="Đặc sản", booth="A1", by=officer, at=NOW)
    with pytest.raises(RuleBroken, match=r"event\.no_booth_left"):
        entries.select(second, reason="x", by=officer, at=NOW)
    events.edit(event, make_events.facts(booths=2), by=officer, at=NOW)
    with pytest.raises(RuleBroken, match=r"event\.booth_taken"):
        entries.select(second, reason="x", booth="A1", by=officer, at=NOW)
    entries.decline(second, reason="Hết chỗ", by=officer, at=NOW)

    assert (chosen.status, chosen.booth, chosen.reason) == (EntryState.SELECTED, "A1", "Đặc sản")
    assert told_of("promotion.entry.selected") == {producer}
    assert told_of("promotion.entry.declined") == {producer}


def test_selection_when_the_product_was_revoked_meanwhile_then_refused(
    entry: EventEntry, officer: User, product: Product
) -> None:
    make.change(product.certificates.get(), "revoked")

    with pytest.raises(RuleBroken, match=r"entry\.needs_recognised"):
        entries.select(entry, reason="Đặc sản", by=officer, at=NOW)


def test_event_when_over_then_attendance_figures_and_conclusion_in_turn(
    entry: EventEntry, event: Event, officer: User, producer: User
) -> None:
    entries.select(entry, reason="Đặc sản", by=officer, at=NOW)
    with pytest.raises(RuleBroken, match=r"entry\.needs_started"):
        entries.mark(entry, is_present=True, by=officer, at=after(19))
    with pytest.raises(RuleBroken, match=r"entry\.not_attended"):
        entries.tell_outcome(entry, Outcome(1, 1), by=producer, at=after(21))
    with pytest.raises(RuleBroken, match=r"event\.needs_ended"):
        events.conclude(event, visitors=900, by=officer, at=after(22))
    with pytest.raises(RuleBroken, match=r"event\.needs_marked"):
        events.conclude(event, visitors=900, by=officer, at=after(23))
    assert list(found.to_conclude(officer, after(23).date())) == [event]

    entries.mark(entry, is_present=True, by=officer, at=after(20))
    assert list(found.outcomes_to_tell(producer, after(23).date())) == [entry]
    with pytest.raises(RuleBroken, match=r"event\.figure"):
        entries.tell_outcome(entry, Outcome(1, 10**16), by=producer, at=after(23))
    entries.tell_outcome(entry, Outcome(2, 12_500_000), by=producer, at=after(23))
    done = events.conclude(event, visitors=900, by=officer, at=after(23))

    assert (done.status, done.visitors) == (EventState.CONCLUDED, 900)
    totals = found.totals_of(found.entries_of(event))
    assert (totals.products, totals.contracts, totals.revenue) == (1, 2, 12_500_000)
    with pytest.raises(RuleBroken, match=r"event\.closed"):
        entries.mark(entry, is_present=False, by=officer, at=after(24))
    corrected = entries.tell_outcome(entry, Outcome(3, 0), by=producer, at=after(24))
    assert corrected.outcome == Outcome(3, 0)


def test_event_when_applications_are_unanswered_then_not_concluded(
    entry: EventEntry, event: Event, officer: User
) -> None:
    assert list(found.to_answer(officer, after(11).date())) == [event]

    with pytest.raises(RuleBroken, match=r"event\.needs_answered"):
        events.conclude(event, visitors=1, by=officer, at=after(23))


def test_figures_when_one_was_absent_after_all_then_dropped(
    entry: EventEntry, officer: User, producer: User
) -> None:
    entries.select(entry, reason="Đặc sản", by=officer, at=NOW)
    entries.mark(entry, is_present=True, by=officer, at=after(20))
    entries.tell_outcome(entry, Outcome(1, 1), by=officer, at=after(21))

    absent = entries.mark(entry, is_present=False, by=officer, at=after(21))

    assert (absent.status, absent.outcome) == (EntryState.ABSENT, None)


def test_event_when_cancelled_then_applicants_read_why(
    entry: EventEntry, event: Event, officer: User, producer: User, product: Product
) -> None:
    with pytest.raises(RuleBroken, match=r"event\.needs_reason"):
        events.cancel(event, reason="", by=officer, at=NOW)
    events.cancel(event, reason="Bão", by=officer, at=NOW)

    assert told_of("promotion.event.cancelled") == {producer}
    with pytest.raises(RuleBroken, match=r"event\.not_open"):
        entries.apply(event, product, by=producer, at=NOW)
    with pytest.raises(RuleBroken, match=r"event\.closed"):
        entries.withdraw(entry, by=producer, at=NOW)


def test_call_when_the_deadline_has_passed_then_it_is_not_edited(
    event: Event, officer: User
) -> None:
    with pytest.raises(RuleBroken, match=r"event\.too_late_to_edit"):
        events.edit(event, make_events.facts(after(11)), by=officer, at=after(11))
