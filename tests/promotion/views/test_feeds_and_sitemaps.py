"""What programs follow: sitemap, feeds, robots."""

from collections.abc import Iterator
from datetime import date, datetime
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from promotion.permissions import offices_of
from promotion.services import listings
from promotion.views.sitemaps import Products
from tests.factories import news as make_news
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def addresses(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    found = ET.fromstring(answer.content).iter(MAP)  # noqa: S314 # our own answer
    return [str(each.text).removeprefix("http://testserver") for each in found]


def entries(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert answer["Cache-Control"] == "public, max-age=30"
    root = ET.fromstring(answer.content)  # noqa: S314 # our own answer
    return [str(each.findtext(f"{ATOM}title")) for each in root.iter(f"{ATOM}entry")]


def test_sitemap_when_walked_then_every_page_answers(
    client: Client, provincial_officer: User, at: datetime
) -> None:
    listing = make.listing()
    office = offices_of(provincial_officer, on=at.date())[0]
    piece = make_news.published(office, by=provincial_officer, at=at)

    found = [page for part in addresses(client, "/sitemap.xml") for page in addresses(client, part)]

    assert listing.get_absolute_url() in found
    assert piece.get_absolute_url() in found
    assert "/huong-dan/cham-diem/" in found
    # The factories' editions are empty, so the page of the criteria has nothing to draw.
    drawn = [page for page in found if page != "/tieu-chi/"]
    assert [page for page in drawn if client.get(page).status_code != 200] == []


def test_sitemap_when_products_are_many_then_in_parts(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Products, "limit", 2)
    listed = make.many(5)

    parts = [part for part in addresses(client, "/sitemap.xml") if "san-pham" in part]
    found = [page for part in parts for page in addresses(client, part)]

    assert parts == ["/sitemap-san-pham.xml", *(f"/sitemap-san-pham.xml?p={n}" for n in (2, 3))]
    assert found == [each.get_absolute_url() for each in listed]


@pytest.mark.parametrize("path", ["/sitemap-san-pham.xml?p=1000000000", "/sitemap-nguoi.xml"])
def test_sitemap_when_there_is_no_such_part_then_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 50])
def test_sitemap_when_products_are_many_then_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    make.many(rows)

    with django_assert_num_queries(2):
        assert len(addresses(client, "/sitemap-san-pham.xml")) == rows


def test_feed_when_read_then_the_newest_that_hold_their_star(
    client: Client, provincial_officer: User, at: datetime
) -> None:
    make.listing(registry.product(name="Chè hai"), issued_on=date(2026, 2, 1))
    make.listing(registry.product(name="Chè ba"), issued_on=date(2026, 3, 1), stars=4)
    make.listing(registry.product(name="Chè hết hạn"), issued_on=date(2020, 3, 1))
    hidden = make.listing(registry.product(name="Chè giấu"))
    assert "Chè giấu – 3 sao" in entries(client, "/san-pham/moi-cong-nhan.atom")

    listings.withhold(hidden, reason="Ảnh sai.", by=provincial_officer, at=at)

    assert entries(client, "/san-pham/moi-cong-nhan.atom") == ["Chè ba – 4 sao", "Chè hai – 3 sao"]


@pytest.mark.parametrize("rows", [1, 50])
def test_feed_when_products_are_many_then_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    make.many(rows)

    with django_assert_num_queries(1):
        assert len(entries(client, "/san-pham/moi-cong-nhan.atom")) == rows


def test_news_feed_when_read_then_what_is_published(
    client: Client, provincial_officer: User, at: datetime
) -> None:
    office = offices_of(provincial_officer, on=at.date())[0]
    make_news.published(office, by=provincial_officer, at=at, title="Hội chợ")
    make_news.draft(office, by=provincial_officer, at=at, title="Nháp")

    assert entries(client, "/tin-tuc/tin-moi.atom") == ["Hội chợ"]


def test_robots_when_read_then_the_sitemap_and_nothing_behind_the_login(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines[-1] == f"Sitemap: {settings.SITE_URL}/sitemap.xml"
    assert "Disallow: /ban-lam-viec/" in lines
    assert "Disallow: /so-sanh/" in lines
    assert "Disallow: /san-pham/" not in lines
