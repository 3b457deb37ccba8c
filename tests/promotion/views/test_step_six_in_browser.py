"""Every page of step six, for the public and at the desks, on a phone and on an office screen."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ocop_portal.accounts.models import User
from promotion.domain.enquiries import Wanted
from promotion.services import enquiries, entries, point_register, points_of_sale
from registry.models import Subject
from tests.factories import events as make_events
from tests.factories import points as make_points
from tests.factories import promotion as make
from tests.factories import registry, renewals
from tests.journeys.actors import Actor
from tests.looks import faults_of
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def check(page: Page, address: str) -> None:
    """Reached, clean for axe, and nothing wider than the screen."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    assert faults_of(page) == [], address


@pytest.mark.parametrize("width", [360, 1366])
def test_step_six_pages_are_clean_and_fit(
    open_page: PageOpener, width: int, subject: Subject, producer: User
) -> None:
    officer = make_points.keeper()
    now = timezone.now()
    product = make.listing(registry.product(subject, name="Chè Tân Cương")).product
    point = make_points.registered(by=officer, at=now)
    point_register.put(product, point, by=officer, at=now)
    other = make.listing(registry.product(subject, name="Trà hoa vàng")).product
    points_of_sale.propose(other, point, by=producer, at=now)
    event = make_events.called(by=officer, at=now)
    entry = make_events.applied(event, product, by=producer, at=now)
    entries.select(entry, reason="Đặc sản", booth="A1", by=officer, at=now)
    make_events.applied(event, other, by=producer, at=now)
    part = enquiries.send(
        [Wanted(product.pk, product.subject_id, "20 kg")], text="Hỏi giá sỉ", at=now
    ).parts.get()

    page = open_page(width=width)
    for address in (
        "/diem-ban/",
        "/diem-ban/?province=19",
        point.get_absolute_url(),
        "/su-kien/",
        event.get_absolute_url(),
        "/hoi-mua/",
        f"/hoi-mua/{part.enquiry.code}/",
    ):
        check(page, address)
    page.goto(product.listing.get_absolute_url())
    page.get_by_role("button", name="Hỏi mua").click()
    expect(page.get_by_role("link", name="Chè Tân Cương")).to_be_visible()
    check(page, "/hoi-mua/")
    desk = Actor.at(open_page(width=width), officer).page
    for address in (
        "/xuc-tien/",
        "/so-diem-ban/",
        "/so-diem-ban/moi/",
        f"/so-diem-ban/{point.pk}/",
        "/to-chuc/",
        "/to-chuc/moi/",
        f"/to-chuc/{event.pk}/",
    ):
        check(desk, address)
    own = Actor.at(open_page(width=width), producer).page
    for address in (
        "/xuc-tien/",
        f"/xuc-tien/{product.pk}/",
        f"/xuc-tien/{product.pk}/cau-chuyen/",
        f"/xuc-tien/{product.pk}/chon-diem-ban/",
        f"/xuc-tien/diem-ban/{product.places.get().pk}/ket-qua/",
        f"/su-kien/{event.pk}/dang-ky/",
        "/thu-hoi-mua/",
        part.get_absolute_url(),
    ):
        check(own, address)


@pytest.mark.parametrize("width", [360, 1366])
def test_results_of_promotion_become_a_paper_of_the_dossier(
    open_page: PageOpener, width: int, subject: Subject, producer: User
) -> None:
    dossier = renewals.promoted(renewals.renewal(subject))
    own = Actor.at(open_page(width=width), producer).page
    address = f"/xuc-tien/ho-so/{dossier.pk}/"
    check(own, address)

    own.get_by_role("button", name="Đưa vào hồ sơ").first.click()

    expect(own.get_by_role("heading", name="Đã có trong hồ sơ")).to_be_visible()
    check(own, address)
