"""The report of a period on its page and in its files."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from tests.conftest import LogIn
from tests.factories import promotion as make
from tests.factories import registry
from tests.factories.registry import NOW

pytestmark = pytest.mark.django_db
PAGE, BOOK, PAPER = "/thong-ke/ky/", "/thong-ke/ky.xlsx", "/thong-ke/ky.pdf"
HALF = "?period=first_half&year=2026"
QUERIES = 25  # the page of the country, of a visitor


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def recognise(number: int) -> None:
    for place in range(number):
        make.listing(registry.product(name=f"=Chè {place}"), issued_on=date(2026, 3, 2))


def words(page: bytes) -> str:
    return re.sub(r' data-label="[^"]*"', "", " ".join(page.decode().split()))


def test_page_tells_the_period_and_leads_to_both_lists(client: Client) -> None:
    recognise(2)

    page = words(client.get(PAGE + HALF).content)

    assert "Cả nước</span>: từ ngày 01/01/2026 đến hết ngày 30/06/2026" in page
    for row in ("+ Công nhận lần đầu", "Cuối kỳ"):
        cells = "".join(f'<td class="num">{count}</td>' for count in (0, 0, 2, 2))
        assert f'<th scope="row">{row}</th>{cells}' in page
    assert "/thong-ke/san-pham/?as_of=2025-12-31" in page
    assert "/thong-ke/san-pham/?as_of=2026-06-30" in page
    assert "Lượt tham gia đến từng bước" not in page
    assert (
        client.get("/thong-ke/san-pham/?as_of=2026-06-30").context["page_obj"].paginator.count == 2
    )


def test_page_without_a_choice_shows_the_latest_half_year(client: Client) -> None:
    recognise(1)

    page = words(client.get(PAGE).content)

    assert "từ ngày 01/01/2026 đến hết ngày 30/06/2026" in page
    assert f"{BOOK}?period=first_half&amp;year=2026" in page


def test_officer_begins_at_home_and_reads_the_funnel(
    provincial_officer: User, log_in: LogIn
) -> None:
    recognise(1)

    page = words(log_in(provincial_officer).get(PAGE).content)

    assert "Tỉnh Thái Nguyên</span>: từ ngày 01/01/2026" in page
    assert "Lượt tham gia đến từng bước trong kỳ" in page


def test_running_period_is_told_up_to_today(client: Client) -> None:
    page = words(client.get(f"{PAGE}?period=year&year=2026").content)

    assert "đến hết ngày 20/11/2026" in page
    assert "Kỳ chưa kết thúc" in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?period=year&year=2027", "Kỳ này chưa bắt đầu"),
        ("?period=year", "Hãy điền cho kỳ đã chọn."),
        ("?period=days&first=2026-03-02", "Hãy điền cho kỳ đã chọn."),
        ("?period=days&first=2026-03-02&last=2026-03-01", "Ngày cuối kỳ phải từ ngày đầu kỳ"),
        ("?period=days&first=2001-01-01&last=2026-03-01", "nhiều nhất 10 năm"),
        ("?period=week&year=2026", "week"),
        ("?period=year&year=abc", "Nhập một số"),
        ("?period=year&year=2026&province=99", "99"),
    ],
)
def test_choice_that_is_not_understood_is_explained_at_its_field(
    client: Client, query: str, sentence: str
) -> None:
    page = words(client.get(PAGE + query).content)
    files = [client.get(BOOK + query), client.get(PAPER + query)]

    assert sentence in page
    assert 'class="figure-table"' not in page
    assert [answer.status_code for answer in files] == [302, 302]
    assert files[0]["Location"] == f"{PAGE}{query}"


def test_workbook_holds_every_table_with_whole_numbers(client: Client) -> None:
    recognise(2)

    answer = client.get(BOOK + HALF)
    book = load_workbook(BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].rows]

    assert "bao-cao-ky-ca-nuoc-20260101-20260630" in answer["Content-Disposition"]
    assert [sheet.title for sheet in book.worksheets] == [
        "1. Sản phẩm giữ hạng sao",
        "2. Quyết định công nhận trong k",
        "3. Theo bộ sản phẩm",
        "4. Theo tỉnh, thành phố",
        "5. Chủ thể theo loại hình",
        "6. Mục tiêu của chương trình",
    ]
    assert rows[0][0] == "Sản phẩm giữ hạng sao"
    assert rows[1][0] == "Cả nước"
    assert rows[4] == ["Biến động", "5 sao", "4 sao", "3 sao", "Cộng"]
    assert rows[6] == ["+ Công nhận lần đầu", 0, 0, 2, 2]


def test_paper_holds_the_same_figures_twice_the_same(client: Client) -> None:
    recognise(2)

    paper, again = (client.get(PAPER + HALF).content for _time in range(2))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)

    assert paper == again
    assert "6 tháng đầu năm 2026 (từ ngày 01/01/2026 đến ngày 30/06/2026)" in " ".join(
        text.replace("\u00a0", " ").split()
    )
    assert "Công nhận lần đầu 0 0 2 2" in " ".join(text.split())


def test_page_asks_the_same_with_1_and_with_50_products(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    recognise(1)
    client.get(PAGE + HALF)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE + HALF)
    recognise(49)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE + HALF)
