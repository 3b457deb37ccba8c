"""Channels: the product's link, and figures by quarter while it was sold there."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from ocop_portal.accounts.models import User
from promotion.domain.sales import PlaceKind, Quarter, check_quarter, quarter_of
from promotion.models import SaleResult, SoldAt
from promotion.services import points_of_sale, sale_results
from registry.domain.errors import RuleBroken
from registry.models import Subject
from tests.conftest import LogIn
from tests.factories import promotion as make
from tests.factories import registry

NOW = make.NOW


@pytest.mark.parametrize(
    ("day", "quarter", "first", "last"),
    [
        (date(2026, 1, 1), Quarter(2026, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), Quarter(2026, 2), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), Quarter(2026, 3), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), Quarter(2026, 4), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_quarter_when_a_day_is_given_then_its_three_months(
    day: date, quarter: Quarter, first: date, last: date
) -> None:
    assert quarter_of(day) == quarter
    assert (quarter.first_day, quarter.last_day) == (first, last)


@pytest.mark.parametrize(
    ("quarter", "is_fine"),
    [
        (Quarter(2026, 1), False),
        (Quarter(2026, 2), True),
        (Quarter(2026, 4), True),
        (Quarter(2027, 1), False),
        (Quarter(2026, 5), False),
    ],
)
def test_quarter_when_the_product_was_not_sold_then_refused(
    quarter: Quarter, is_fine: bool
) -> None:
    since, until = date(2026, 6, 30), date(2026, 10, 1)

    if is_fine:
        check_quarter(quarter, since=since, until=until)
        return
    with pytest.raises(RuleBroken):
        check_quarter(quarter, since=since, until=until)


@pytest.fixture
def sold(subject: Subject, producer: User) -> SoldAt:
    product = make.listing(registry.product(subject)).product
    return points_of_sale.offer(
        product,
        name="Sàn Chợ Quê",
        kind=PlaceKind.ONLINE,
        website="https://cho.example",
        by=producer,
        at=NOW,
    )


@pytest.mark.django_db
@pytest.mark.embedded
def test_figures_when_told_again_then_the_quarter_has_one_row(
    sold: SoldAt, producer: User, stranger: User
) -> None:
    quarter = Quarter(2026, 4)
    with pytest.raises(PermissionDenied):
        sale_results.tell(sold, quarter, orders=1, revenue=1, by=stranger, at=NOW)
    with pytest.raises(RuleBroken, match=r"sale\.not_sold_then"):
        sale_results.tell(sold, Quarter(2026, 3), orders=1, revenue=1, by=producer, at=NOW)
    with pytest.raises(RuleBroken, match=r"event\.figure"):
        sale_results.tell(sold, quarter, orders=1, revenue=10**16, by=producer, at=NOW)

    for orders in (1, 5):
        sale_results.tell(sold, quarter, orders=orders, revenue=2_000_000, by=producer, at=NOW)

    assert SaleResult.objects.get().orders == 5


@pytest.mark.django_db
def test_channel_when_linked_then_the_public_page_leads_there(
    sold: SoldAt, producer: User, log_in: LogIn, client: Client
) -> None:
    browser, address = log_in(producer), f"/xuc-tien/diem-ban/{sold.pk}/ket-qua/"

    with time_machine.travel(NOW, tick=False):
        evil = browser.post(address, {"link": "javascript:alert(1)"})
        browser.post(address, {"link": "https://cho.example/che"})
        told = {"year": 2026, "quarter": 4, "orders": 12, "revenue": 2400000}
        half = browser.post(address, {**told, "revenue": "2,4"})
        browser.post(address, told)
        desk = browser.get(address).content.decode()
        page = client.get(sold.product.listing.get_absolute_url()).content.decode()

    assert (evil.status_code, half.status_code) == (200, 200)
    assert "2.400.000" in desk
    assert 'href="https://cho.example/che"' in page
