"""Events on the public pages, at the producer's and at the office's desk."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from ocop_portal.web import desk
from promotion.models import Event, EventEntry
from promotion.services import entries
from registry.models import Product, Subject
from tests.conftest import LogIn
from tests.factories import events as make_events
from tests.factories import points as make_points
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
NOW = make.NOW
ATTACK = '"><script>alert(1)</script>'
FORM = {
    "kind": "fair",
    "name": "Hội chợ Tết",
    "place": "Thái Nguyên",
    "apply_by": "2026-11-30",
    "starts_on": "2026-12-10",
    "ends_on": "2026-12-12",
    "call": "Mời tham gia",
}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer() -> User:
    return make_points.keeper()


@pytest.fixture
def product(subject: Subject) -> Product:
    return make.listing(registry.product(subject, name="Chè Tân Cương")).product


def test_event_when_walked_through_then_every_side_sees_its_part(
    officer: User, producer: User, product: Product, log_in: LogIn, client: Client
) -> None:
    office, lan = log_in(officer), log_in(producer)
    made = office.post("/to-chuc/moi/", {**FORM, "unit": registry.province().pk})
    event = Event.objects.get()
    page = f"/su-kien/{event.pk}/"
    assert made.status_code == 302
    assert "Đăng ký tham gia" in client.get(page).content.decode()

    applied = lan.post(f"{page}dang-ky/", {"product": product.pk, "note": ATTACK})
    twice = lan.post(f"{page}dang-ky/", {"product": product.pk})
    entry = EventEntry.objects.get()
    seen = office.get(f"/to-chuc/{event.pk}/").content.decode()
    mute = office.post(f"/to-chuc/tham-gia/{entry.pk}/", {"answer": "select"}, follow=True)
    prefix = f"dk-{entry.pk}"
    office.post(
        f"/to-chuc/tham-gia/{entry.pk}/",
        {"answer": "select", f"{prefix}-reason": "Đặc sản", f"{prefix}-booth": "A1"},
    )

    assert (applied.status_code, twice.status_code) == (302, 200)
    assert ATTACK not in seen
    assert "Hãy ghi lý do chọn hoặc không chọn." in mute.content.decode()
    assert "gian A1" in client.get(page).content.decode()
    assert "Được chọn" in lan.get(f"{page}dang-ky/").content.decode()


def test_event_when_concluded_then_the_public_reads_its_figures(
    officer: User, producer: User, product: Product, log_in: LogIn, client: Client
) -> None:
    event = make_events.called(by=officer)
    entry = make_events.applied(event, product, by=producer)
    entries.select(entry, reason="Đặc sản", by=officer, at=NOW)
    with time_machine.travel("2026-12-14T03:00:00Z", tick=False):
        office, lan = log_in(officer), log_in(producer)
        office.post(f"/to-chuc/tham-gia/{entry.pk}/mat/", {"present": "yes"})
        lan.post(f"/su-kien/tham-gia/{entry.pk}/ket-qua/", {"contracts": 2, "revenue": 12500000})
        float_ = lan.post(
            f"/su-kien/tham-gia/{entry.pk}/ket-qua/", {"contracts": "1.5", "revenue": "-1"}
        )
        office.post(f"/to-chuc/{event.pk}/tong-ket/", {"visitors": 900})
        page = client.get(f"/su-kien/{event.pk}/").content.decode()

    assert float_.status_code == 200
    assert all(words in page for words in ("900", "12.500.000", "Kết quả"))


@pytest.mark.parametrize("query", ["?kind=x", "?when=x", "?page=999999999", "?state=%00"])
def test_list_when_asked_nonsense_then_it_still_answers(client: Client, query: str) -> None:
    assert client.get(f"/su-kien/{query}").status_code == 200


def test_stranger_when_naming_a_foreign_product_then_nothing_is_made(
    officer: User, stranger: User, product: Product, log_in: LogIn, producer: User
) -> None:
    event = make_events.called(by=officer)
    browser = log_in(stranger)

    answer = browser.post(f"/su-kien/{event.pk}/dang-ky/", {"product": product.pk})
    entry = make_events.applied(event, product, by=producer)

    assert answer.status_code == 200
    assert browser.post(f"/su-kien/tham-gia/{entry.pk}/rut/").status_code == 404
    assert browser.get(f"/to-chuc/{event.pk}/").status_code == 404


def test_desk_when_an_event_waits_then_it_names_the_day(
    officer: User, producer: User, product: Product
) -> None:
    event = make_events.called(by=officer)

    groups = {str(group.label): group.tasks for group in desk.groups_for(producer, NOW)}

    assert [task.due_on for task in groups["Sự kiện đang nhận đăng ký"]] == [event.apply_by]


def test_lists_when_there_are_50_then_the_same_queries(
    officer: User,
    producer: User,
    product: Product,
    log_in: LogIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    office, client = log_in(officer), Client()
    event = make_events.called(by=officer)
    make_events.applied(event, product, by=producer)
    pages = [
        (client, "/su-kien/", 2),
        (client, f"/su-kien/{event.pk}/", 2),
        (office, "/to-chuc/", 7),
        (office, f"/to-chuc/{event.pk}/", 7),
    ]
    for browser, address, number in pages:
        browser.get(address)
        with django_assert_num_queries(number):
            browser.get(address)

    for number in range(50):
        make_events.called(by=officer, name=f"Hội chợ {number}")
    others = [each.product for each in make.many(50)]
    EventEntry.objects.bulk_create(
        make.copy(event.entries.get(), product=other) for other in others
    )

    for browser, address, number in pages:
        with django_assert_num_queries(number):
            browser.get(address)
