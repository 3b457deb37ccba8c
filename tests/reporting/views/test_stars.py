"""The star statistics page and its files."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from promotion.services import listings
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
PAGE = "/thong-ke/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def sample() -> None:
    make.listing(stars=3)
    make.listing(stars=4)
    place = registry.commune("Xã Sơn Dương", "02536", registry.province("Tỉnh Tuyên Quang", "08"))
    honey = registry.product(registry.subject(commune=place), name="Mật ong")
    old = make.certificate(honey, stars=3, issued_on=date(2025, 4, 1))
    make.listing(honey, stars=5, issued_on=date(2026, 8, 1))
    assert old.product == honey


@pytest.mark.embedded
@pytest.mark.parametrize("query", ["", "?as_of=2025-12-31", "?as_of=2026-05-01&stars=3"])
def test_every_figure_opens_a_list_of_that_length(client: Client, query: str) -> None:
    sample()
    page = client.get(f"{PAGE}{query}")
    assert page.status_code == 200
    figures = [*page.context["headline"]]
    for table in page.context["tables"]:
        for row in table.rows:
            figures += row.figures
            assert client.get(row.url).context["page_obj"].paginator.count == row.total

    assert any(figure.count for figure in figures)
    for figure in figures:
        shown = client.get(figure.url).context["page_obj"].paginator.count
        assert shown == figure.count, figure


def test_hidden_page_is_counted_and_its_list_says_so(
    client: Client, provincial_officer: User, at: datetime
) -> None:
    listing = make.listing()
    listings.withhold(listing, reason="Ảnh sai.", by=provincial_officer, at=at)

    page = client.get(PAGE)
    led_to = client.get(page.context["all_url"])

    assert page.context["total"] == 1
    assert (led_to.context["page_obj"].paginator.count, led_to.context["hidden"]) == (0, 1)


def test_as_of_a_past_day(client: Client) -> None:
    sample()

    page = client.get(f"{PAGE}?as_of=2025-12-31")

    assert page.context["total"] == 1
    assert [row.label for row in page.context["tables"][1].rows] == ["Tỉnh Tuyên Quang"]
    assert "31/12/2025" in page.content.decode()


@pytest.mark.parametrize("query", ["?as_of=2099-01-01", "?stars=9", "?province=zz", "?year=x"])
def test_filter_that_is_not_understood_is_named(client: Client, query: str) -> None:
    sample()

    page = client.get(f"{PAGE}{query}")

    assert page.status_code == 200
    assert page.context["total"] == 3
    assert "error-summary" in page.content.decode()


def test_empty_installation_says_what_to_do(client: Client) -> None:
    page = client.get(PAGE)

    assert page.status_code == 200
    assert "Chưa có sản phẩm nào" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_page_costs_the_same_for_any_number_of_rows(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.many(rows)

    with django_assert_num_queries(6):
        page = client.get(PAGE)

    assert page.context["total"] == rows


def test_table_as_a_file(client: Client) -> None:
    sample()

    response = client.get(f"{PAGE}hang-sao-province.csv?stars=3")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "hang-sao-province-2026-11-20.csv" in response["Content-Disposition"]
    assert response.content.decode().splitlines() == [
        '\ufeff"Tỉnh, thành phố",3 sao,Cộng',
        "Tỉnh Thái Nguyên,1,1",
        "Cộng,1,1",
        "Tính đến ngày,2026-11-20",
    ]


def test_file_with_a_filter_that_is_not_understood_leads_to_the_page(client: Client) -> None:
    response = client.get(f"{PAGE}hang-sao-year.csv?stars=9")

    assert (response.status_code, response["Location"]) == (302, "/thong-ke/?stars=9")


def test_file_of_no_dimension(client: Client) -> None:
    assert client.get(f"{PAGE}hang-sao-password.csv").status_code == 404
