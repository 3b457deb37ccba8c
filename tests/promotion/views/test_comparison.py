"""Products side by side at an address that can be sent."""

import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from promotion.models import Listing
from promotion.services import listings
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
# The products with their first photographs; with a search, what it found.
QUERIES, QUERIES_WITH_SEARCH = 1, 2
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
NOT_PUBLIC = "Sản phẩm này không còn, hoặc chưa từng, có trang công khai"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def address(*listed: Listing | str, more: str = "") -> str:
    slugs = [each if isinstance(each, str) else each.slug for each in listed]
    return "/so-sanh/?" + "&".join(f"product={slug}" for slug in slugs) + more


def text(client: Client, where: str) -> str:
    response = client.get(where)
    assert response.status_code == 200
    return response.content.decode()


def two() -> tuple[Listing, Listing]:
    tea = registry.product(name="Chè Tân Cương", price_from=150_000, availability="Quanh năm")
    honey = registry.product(name="Mật ong rừng", net_quantity=500, net_unit="ml")
    return make.listing(tea, stars=4), make.listing(honey, stars=3)


def test_two_products_stand_side_by_side_with_headers_and_gaps(client: Client) -> None:
    tea, honey = two()

    page = text(client, address(tea, honey))

    assert page.index(">Chè Tân Cương</a>") < page.index(">Mật ong rừng</a>")
    assert page.count('<th scope="col">') == 2
    assert page.count('<th scope="row">') == 8
    for words in ("4 trên 5 sao", "3 trên 5 sao", "150.000", "500 ml", "Quanh năm", "chưa có"):
        assert words in page, words


def test_fields_and_equal_rows_are_chosen_in_the_address(client: Client) -> None:
    tea, honey = two()
    asked = "&field=price&field=set&field=status"

    whole = text(client, address(tea, honey, more=asked))
    short = text(client, address(tea, honey, more=f"{asked}&differences=1"))

    assert whole.count('<th scope="row">') == 3
    assert short.count('<th scope="row">') == 1
    assert "Đã ẩn các dòng giống nhau: Tình trạng, Bộ sản phẩm." in short
    same = text(client, address(tea, honey, more="&field=status&differences=1"))
    assert "Mọi dòng đã chọn đều giống nhau." in same


def test_withdrawn_one_is_said_so_in_its_column_and_nothing_more(
    client: Client, provincial_officer: User, at: datetime
) -> None:
    tea, honey = two()
    listings.withhold(honey, reason="Ảnh sai.", by=provincial_officer, at=at)

    page = text(client, address(tea, honey))

    assert NOT_PUBLIC in page
    assert "Mật ong rừng" not in page
    assert "Ảnh sai" not in page
    never = text(client, address(tea, "khong-co")).replace("khong-co", honey.slug)
    assert TOKEN.sub("", never) == TOKEN.sub("", page)


@pytest.mark.parametrize(
    ("word", "told"), [("suspended", "không có hạng sao đang hiệu lực"), ("revoked", NOT_PUBLIC)]
)
def test_product_that_lost_its_star_shows_none(client: Client, word: str, told: str) -> None:
    tea, _honey = two()
    lost = make.change(tea.certificate, word, on=make.TODAY)

    page = text(client, address(lost, _honey))

    assert told in page
    assert "4 trên 5 sao" not in page


def test_expired_one_says_so(client: Client) -> None:
    old = make.listing(registry.product(name="Chè cũ"), stars=5, issued_on=date(2022, 5, 4))
    tea, _honey = two()

    page = text(client, address(old, tea))

    assert "Hết hiệu lực" in page or "Đã hết hạn" in page
    assert "5 trên 5 sao" not in page


def test_fifth_product_is_named_and_wrong_addresses_are_counted(client: Client) -> None:
    rows = make.many(5)

    page = text(client, address(*rows, "%3Cscript%3E", more="&field=password"))

    assert page.count('<th scope="col">') == 4
    assert f"đã để lại: {rows[4].slug}." in page
    assert "1 địa chỉ sản phẩm viết sai" in page
    assert "Có dòng được yêu cầu mà bảng không có" in page
    assert "<script>" not in page.partition("<main")[2].partition("</main>")[0]


def test_too_few_are_helped_to_more(client: Client) -> None:
    tea, honey = two()

    empty = text(client, "/so-sanh/")
    one = text(client, address(tea, more="&q=mat+ong&field=price"))

    assert "Chưa chọn sản phẩm nào" in empty
    assert "Mới có một sản phẩm" in one
    assert f"?product={tea.slug}&amp;product={honey.slug}&amp;field=price" in one
    assert "Không có sản phẩm nào khớp" in text(client, address(tea, more="&q=zzz"))


def test_catalogue_and_product_page_lead_to_it_without_scripts(client: Client) -> None:
    tea, _honey = two()

    page = text(client, "/san-pham/")

    assert 'method="get" action="/so-sanh/"' in page
    assert f'name="product" value="{tea.slug}" form="chon-so-sanh"' in page
    assert f'href="/so-sanh/?product={tea.slug}"' in text(client, tea.get_absolute_url())


@pytest.mark.parametrize("number", [1, 4])
def test_table_costs_the_same_for_any_number_of_products(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = make.many(number)
    with django_assert_num_queries(QUERIES):
        client.get(address(*rows))


@pytest.mark.parametrize("number", [2, 50])
def test_search_costs_the_same_for_any_number_of_finds(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = make.many(number)
    with django_assert_num_queries(QUERIES_WITH_SEARCH):
        client.get(address(rows[0], more="&q=che"))
