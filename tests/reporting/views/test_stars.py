"""The star statistics page and its files."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from promotion.services import listings
from reporting.services import star_tallies
from tests.conftest import LogIn
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

    with django_assert_num_queries(12):
        page = client.get(PAGE)
    star_tallies.count_missing(on=make.TODAY)
    with django_assert_num_queries(7):
        counted = client.get(PAGE)

    assert page.context["total"] == counted.context["total"] == rows


def test_table_as_a_file(client: Client) -> None:
    sample()

    response = client.get(f"{PAGE}hang-sao-province.csv?stars=3")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "hang-sao-province-2026-11-20.csv" in response["Content-Disposition"]
    assert b"".join(response.streaming_content).decode().splitlines() == [  # type: ignore[attr-defined] # a stream
        '\ufeff"Tỉnh, thành phố",3 sao,Cộng',
        "Tỉnh Thái Nguyên,1,1",
        "Cộng,1,1",
        "Tính đến ngày,20/11/2026",
    ]


def test_file_with_a_filter_that_is_not_understood_leads_to_the_page(client: Client) -> None:
    response = client.get(f"{PAGE}hang-sao-year.csv?stars=9")

    assert (response.status_code, response["Location"]) == (302, "/thong-ke/?stars=9")


def test_file_of_no_dimension(client: Client) -> None:
    assert client.get(f"{PAGE}hang-sao-password.csv").status_code == 404


def test_table_as_a_workbook(client: Client) -> None:
    sample()

    response = client.get(f"{PAGE}hang-sao-kind.xlsx")

    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined] # a stream
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows[:3] == [
        ["Loại hình chủ thể", "5 sao", "4 sao", "3 sao", "Cộng"],
        ["Hợp tác xã", 1, 1, 1, 3],
        ["Cộng", 1, 1, 1, 3],
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_list_as_a_file_has_the_same_filter_and_no_formula(client: Client, form: str) -> None:
    sample()
    make.listing(registry.product(name="=HYPERLINK(1) chè"), stars=4)

    response = client.get(f"{PAGE}san-pham/?stars=4&xuat={form}")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined] # a stream

    if form == "csv":
        rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
        assert {row[0].split()[0] for row in rows[1:]} == {"'=HYPERLINK(1)", "Chè"}
    else:
        sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
        cells = [row[0] for row in sheet.iter_rows(min_row=2)]
        assert {cell.data_type for cell in cells} == {"s"}
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 3
    assert rows[0][0] == "Sản phẩm"


def test_officer_begins_with_the_own_place(log_in: LogIn, provincial_officer: User) -> None:
    sample()
    browser = log_in(provincial_officer)

    led = browser.get(PAGE)

    assert (led.status_code, led["Location"]) == (302, f"{PAGE}?province=19")
    assert browser.get(f"{PAGE}?country=1").context["total"] == 3
    assert browser.get(led["Location"]).context["total"] == 2


def test_map_trend_and_definition_stand_on_the_page(client: Client) -> None:
    sample()

    page = client.get(PAGE).content.decode()

    assert "Tuyên Quang: 1" in page
    assert "Hoàng Sa" in page
    assert "as_of=2026-11-20" in page


@pytest.mark.parametrize("rows", [1, 50])
def test_list_costs_the_same_for_any_number_of_rows(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.many(rows)
    client.get(f"{PAGE}san-pham/")

    with django_assert_num_queries(4):
        page = client.get(f"{PAGE}san-pham/")

    assert page.context["page_obj"].paginator.count == rows


def test_list_in_the_shapes_of_the_ministry(client: Client) -> None:
    sample()

    table = client.get(f"{PAGE}chuan-bo/ptnt-ocop.csv?stars=5")
    judged = client.get(f"{PAGE}chuan-bo/danh-gia-san-pham.csv?stars=5")

    rows = [
        list(csv.reader(StringIO(b"".join(each.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined] # a stream
        for each in (table, judged)
    ]
    assert rows[0][0] == [
        "MA_OCOP", "Ma_DonViHanhChinh", "Ma_ThoiGian", "Ma_SanPham", "TenSanPham", "XepHang",
        "ChuTheSXKD", "DoanhThuNam", "TrangThai",
    ]  # fmt: skip
    assert rows[0][1][1:3] + rows[0][1][4:6] == ["02536", "2026", "Mật ong", "5*"]
    assert (rows[1][0][0], rows[1][1][3], rows[1][1][5:]) == (
        "maDanhGia",
        "100",
        ["01/08/2026", "5*"],
    )
