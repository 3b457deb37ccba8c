"""Favourites over HTTP: without account and script, then with an account."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from promotion.domain.favourites import MOST_IN_BROWSER
from promotion.models import Favourite
from promotion.selectors.favourites import products_of
from promotion.services import favourites, listings
from promotion.views.browser_list import COOKIE
from tests.conftest import LogIn
from tests.factories import people, registry
from tests.factories import promotion as make

pytestmark = pytest.mark.django_db
CHANGE = "/yeu-thich/luu/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def names(client: Client) -> list[str]:
    return [row["name"] for row in client.get("/yeu-thich/").context["rows"]]


def test_visitor_when_keeping_then_seen_on_the_list_and_at_the_product(client: Client) -> None:
    first = make.listing(registry.product(name="Chè một"))
    second = make.listing(registry.product(name="Chè hai"))
    page = client.get(first.get_absolute_url()).content.decode()
    assert f'name="keep" value="{first.product_id}"' in page

    went = client.post(CHANGE, {"keep": first.product_id, "next": first.get_absolute_url()})
    client.post(CHANGE, {"keep": second.product_id})

    assert (went.status_code, went["Location"]) == (303, first.get_absolute_url())
    assert names(client) == ["Chè hai", "Chè một"]
    assert f'name="drop" value="{first.product_id}"' in client.get("/san-pham/").content.decode()

    client.post(CHANGE, {"drop": first.product_id})
    assert names(client) == ["Chè hai"]
    client.post(CHANGE, {"drop": second.product_id})
    assert names(client) == []
    assert client.cookies[COOKIE].value == ""


def test_cookie_when_tampered_with_then_an_empty_list(client: Client) -> None:
    listing = make.listing()
    client.post(CHANGE, {"keep": listing.product_id})
    client.cookies[COOKIE] = client.cookies[COOKIE].value.replace("1", "2")

    assert client.get("/yeu-thich/").status_code == 200
    assert names(client) == []


def test_product_when_it_lost_its_page_then_counted_not_named(
    client: Client, provincial_officer: User, at: datetime
) -> None:
    listing = make.listing(registry.product(name="Chè giấu"))
    client.post(CHANGE, {"keep": listing.product_id})
    assert names(client) == ["Chè giấu"]

    listings.withhold(listing, reason="Ảnh sai.", by=provincial_officer, at=at)
    page = client.get("/yeu-thich/")

    assert page.context["gone"] == 1
    assert "Chè giấu" not in page.content.decode()
    client.post(CHANGE, {"drop": page.context["gone_text"]})
    assert client.get("/yeu-thich/").context["gone"] == 0


@pytest.mark.parametrize("sent", [{}, {"keep": "x"}, {"keep": "999999"}, {"keep": "9" * 400}])
def test_change_when_no_public_product_is_named_then_not_found(
    client: Client, sent: dict[str, str]
) -> None:
    assert client.post(CHANGE, sent).status_code == 404


def test_change_when_sent_from_another_site_then_refused(client: Client) -> None:
    listing = make.listing()
    sent = {"keep": listing.product_id}

    refused = [
        client.post(CHANGE, sent, headers={"Sec-Fetch-Site": "cross-site"}),
        client.post(CHANGE, sent, headers={"Origin": "https://elsewhere.example"}),
    ]
    taken = client.post(CHANGE, sent, headers={"Sec-Fetch-Site": "same-origin"})

    assert [each.status_code for each in refused] == [403, 403]
    assert taken.status_code == 303


@pytest.mark.parametrize(
    "wish", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_way_back_when_it_leads_elsewhere_then_the_own_list(client: Client, wish: str) -> None:
    listing = make.listing()

    went = client.post(CHANGE, {"keep": listing.product_id, "next": wish})

    assert went["Location"] == "/yeu-thich/"


def test_script_when_full_then_told_why(client: Client) -> None:
    listed = make.many(MOST_IN_BROWSER + 1)
    ask = {"Accept": "application/json"}
    for each in listed[:-1]:
        told = client.post(CHANGE, {"keep": each.product_id}, headers=ask)
        assert told.status_code == 200

    told = client.post(CHANGE, {"keep": listed[-1].product_id}, headers=ask)

    assert told.status_code == 409
    assert str(MOST_IN_BROWSER) in told.json()["message"]
    assert len(names(client)) == MOST_IN_BROWSER


def test_list_when_logging_in_then_it_goes_into_the_account_once(
    client: Client, stranger: User, at: datetime
) -> None:
    old = make.listing(registry.product(name="Chè cũ"))
    fresh = make.listing(registry.product(name="Chè mới"))
    favourites.keep(old.product_id, by=stranger, at=at)
    client.post(CHANGE, {"keep": fresh.product_id})
    stranger.set_password(people.PASSWORD)
    stranger.save()

    client.post("/tai-khoan/dang-nhap/", {"username": stranger.email, "password": people.PASSWORD})

    assert products_of(stranger) == (fresh.product_id, old.product_id)
    assert client.cookies[COOKIE].value == ""
    client.post(CHANGE, {"drop": fresh.product_id})
    assert names(client) == ["Chè cũ"]
    assert Favourite.objects.get().user == stranger


@pytest.mark.parametrize("rows", [1, 50])
def test_list_when_a_visitor_reads_then_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for each in make.many(rows):
        client.post(CHANGE, {"keep": each.product_id})
    client.get("/yeu-thich/")

    with django_assert_num_queries(1):
        assert len(names(client)) == rows


@pytest.mark.parametrize("rows", [1, 50])
def test_list_when_a_person_reads_then_the_same_queries(
    log_in: LogIn,
    stranger: User,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    for each in make.many(rows):
        favourites.keep(each.product_id, by=stranger, at=at)
    client = log_in(stranger)
    client.get("/yeu-thich/")

    # Session, person, favourites, rows, unread notices.
    with django_assert_num_queries(5):
        assert len(names(client)) == rows
