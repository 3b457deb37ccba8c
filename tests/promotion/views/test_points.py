"""Points of sale on the public pages and at the desk of the offices."""

from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from promotion.domain.sales import PlaceKind
from promotion.models import PointOfSale, SoldAt
from promotion.services import point_register
from registry.models import Product, Subject
from tests.conftest import LogIn
from tests.factories import points as make_points
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
NOW = make.NOW
FORM = {"name": "Chợ Thái", "kind": "market", "commune": "tan cuong", "latitude": "21,5942"}
DESK_QUERIES = 8
ATTACK = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def product(subject: Subject) -> Product:
    return make.listing(registry.product(subject, name="Chè Tân Cương")).product


@pytest.fixture
def officer() -> User:
    return make_points.keeper()


def test_list_when_filtered_then_counts_and_rows_agree(client: Client, officer: User) -> None:
    make_points.registered(by=officer, latitude=Decimal(21), longitude=Decimal(105))
    make_points.registered(by=officer, name="Chợ Thái", kind=PlaceKind.MARKET)

    whole = client.get("/diem-ban/").content.decode()
    market = client.get("/diem-ban/?kind=market&province=19").content.decode()

    assert "Siêu thị, trung tâm thương mại (1)" in whole
    assert "Tỉnh Thái Nguyên (2)" in whole
    assert "Hoàng Sa" in whole
    assert "Chợ Thái" in market
    assert ">1</text>" in market
    assert "Minh Cầu" not in market


@pytest.mark.parametrize(
    "query", ["?kind=x", "?province=999", "?page=999999999", "?q=" + "a" * 500, "?q=%00"]
)
def test_list_when_asked_nonsense_then_it_still_answers(
    client: Client, officer: User, query: str
) -> None:
    make_points.registered(by=officer)

    assert client.get(f"/diem-ban/{query}").status_code == 200


def test_page_when_products_are_sold_there_then_they_are_named(
    client: Client, officer: User, product: Product
) -> None:
    point = make_points.registered(by=officer, opening_hours="7–18 giờ", phone="0208 3855")
    point_register.put(product, point, by=officer, at=NOW)

    page = client.get(point.get_absolute_url()).content.decode()

    assert all(words in page for words in ("Chè Tân Cương", "7–18 giờ", "0208 3855"))
    assert "openstreetmap.org" in page
    point_register.close(point, reason="x", by=officer, at=NOW)
    assert client.get(point.get_absolute_url()).status_code == 404


def test_officer_when_registering_then_form_keeps_what_was_typed(
    officer: User, log_in: LogIn
) -> None:
    registry.commune()
    browser = log_in(officer)

    half = browser.post("/so-diem-ban/moi/", FORM)
    done = browser.post("/so-diem-ban/moi/", {**FORM, "longitude": "105,8482"})

    assert half.status_code == 200
    assert "Hãy ghi cả vĩ độ và kinh độ" in half.content.decode()
    assert 'value="Chợ Thái"' in half.content.decode()
    assert done.status_code == 302
    point = PointOfSale.objects.get()
    assert (point.latitude, point.longitude) == (Decimal("21.5942"), Decimal("105.8482"))
    edit = browser.get(f"/so-diem-ban/{point.pk}/sua/").content.decode()
    assert "Xã Tân Cương, Tỉnh Thái Nguyên" in edit


def test_officer_when_answering_proposals_then_the_list_follows(
    officer: User, producer: User, product: Product, log_in: LogIn, client: Client
) -> None:
    point = make_points.registered(by=officer)
    lan, browser = log_in(producer), log_in(officer)

    found = lan.get(f"/xuc-tien/{product.pk}/chon-diem-ban/?q=minh cau").content.decode()
    asked = lan.post(f"/xuc-tien/{product.pk}/chon-diem-ban/", {"point": point.pk})
    sold = SoldAt.objects.get()
    desk = browser.get(f"/so-diem-ban/{point.pk}/").content.decode()
    mute = browser.post(f"/so-diem-ban/chao-ban/{sold.pk}/khong/", follow=True)
    browser.post(f"/so-diem-ban/chao-ban/{sold.pk}/nhan/")

    assert "Siêu thị Minh Cầu" in found
    assert asked.status_code == 302
    assert "Xác nhận có bán" in desk
    assert "Hãy ghi lý do." in mute.content.decode()
    assert "Siêu thị Minh Cầu" in client.get(product.listing.get_absolute_url()).content.decode()


def test_officer_when_adding_a_product_then_only_one_that_is_recognised(
    officer: User, product: Product, log_in: LogIn, subject: Subject
) -> None:
    point = make_points.registered(by=officer)
    registry.product(subject, name="Chưa có giấy")
    browser = log_in(officer)
    address = f"/so-diem-ban/{point.pk}/san-pham/"

    none = browser.post(address, {"them-product": "Chưa có giấy"}).content.decode()
    attack = browser.post(address, {"them-product": ATTACK})
    done = browser.post(address, {"them-product": "che tan cuong"})

    assert "Không có sản phẩm được công nhận nào như vậy." in none
    assert ATTACK not in attack.content.decode()
    assert done.status_code == 302
    assert SoldAt.objects.get().product == product


def test_lists_when_there_are_50_points_then_the_same_queries(
    client: Client,
    officer: User,
    log_in: LogIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = log_in(officer)
    make_points.registered(by=officer)
    for address in ("/diem-ban/", "/so-diem-ban/"):
        browser.get(address)

    def asked(visitor: Client, address: str, number: int) -> None:
        with django_assert_num_queries(number):
            visitor.get(address)

    asked(client, "/diem-ban/", 4)
    asked(browser, "/so-diem-ban/", DESK_QUERIES)
    for number in range(50):
        make_points.registered(by=officer, name=f"Điểm {number}")
    asked(client, "/diem-ban/", 4)
    asked(browser, "/so-diem-ban/", DESK_QUERIES)
