"""The public catalogue: search, filters, counts, empty answers."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from promotion.services import listings
from registry.models import Product
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
# Provinces, cells, rows, groups.
QUERIES = 4


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def names(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/san-pham/{query}")
    assert response.status_code == 200
    return [row["name"] for row in response.context["rows"]]


def tea(name: str = "Chè Tân Cương", **facts: Any) -> Product:
    product = registry.product(name=name)
    make.listing(product, **facts)
    return product


def honey() -> Product:
    place = registry.commune("Xã Sơn Dương", "02536", registry.province("Tỉnh Tuyên Quang", "08"))
    maker = registry.subject(name="Tổ hợp tác ong Sơn Dương", commune=place)
    product = registry.product(
        maker, name="Mật ong rừng", product_sets=[registry.product_set("2026", 14)]
    )
    make.listing(product, stars=4, product_set=registry.product_set("2026", 14))
    return product


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Mật ong rừng", "Chè Tân Cương"]),
        ("?q=che+tan+cuong", ["Chè Tân Cương"]),
        ("?q=CHÈ", ["Chè Tân Cương"]),
        ("?q=mat%20o%CC%82ng", ["Mật ong rừng"]),
        ("?q=tuyen+quang", ["Mật ong rừng"]),
        ("?q=khong+co", []),
        ("?q=%25", []),
        ("?stars=4", ["Mật ong rừng"]),
        ("?stars=5", []),
        ("?group=thuc-pham", ["Chè Tân Cương"]),
        ("?province=08", ["Mật ong rừng"]),
        ("?regime=2019", ["Chè Tân Cương"]),
        ("?year=2026", ["Mật ong rừng", "Chè Tân Cương"]),
        ("?year=2025", []),
        ("?order=name", ["Chè Tân Cương", "Mật ong rừng"]),
        ("?stars=3&province=08", []),
        ("?as_of=2026-03-01", []),
        ("?as_of=2026-03-02", ["Mật ong rừng", "Chè Tân Cương"]),
        ("?as_of=2026-03-02&stars=3", ["Chè Tân Cương"]),
        ("?page=1000000000", ["Mật ong rừng", "Chè Tân Cương"]),
    ],
)
def test_list_answers_the_question(client: Client, query: str, expected: list[str]) -> None:
    tea()
    honey()

    assert names(client, query) == expected


def test_expired_ones_are_shown_only_when_asked_for(client: Client) -> None:
    tea("Chè cũ", issued_on=date(2022, 5, 4))
    tea("Chè mới")

    assert names(client) == ["Chè mới"]
    assert names(client, "?validity=expired") == ["Chè cũ"]
    assert names(client, "?validity=all&order=name") == ["Chè cũ", "Chè mới"]


@pytest.mark.parametrize("word", ["suspended", "revoked"])
def test_what_lost_its_force_is_offered_nowhere(client: Client, word: str) -> None:
    held = make.certificate(registry.product(name="Chè bị dừng"))
    listings.refresh(held.product, at=make.NOW)
    assert names(client) == ["Chè bị dừng"]

    make.change(held, word, on=make.TODAY)

    for query in ("", "?validity=all", "?validity=expired", "?q=che"):
        assert names(client, query) == []


def test_hidden_one_is_counted_but_not_named(
    client: Client, provincial_officer: User, at: datetime
) -> None:
    listing = make.listing(registry.product(name="Chè giấu"))
    assert names(client) == ["Chè giấu"]

    listings.withhold(listing, reason="Ảnh sai.", by=provincial_officer, at=at)
    page = client.get("/san-pham/")

    assert list(page.context["rows"]) == []
    assert page.context["hidden"] == 1
    assert "Chè giấu" not in page.content.decode()


def test_counts_beside_the_filters_lead_to_lists_of_that_length(client: Client) -> None:
    tea()
    tea("Chè nõn tôm", stars=4)
    honey()
    page = client.get("/san-pham/?stars=4")

    options = [option for facet in page.context["facets"] for option in facet.options]

    assert len(options) > 5
    for option in options:
        led_to = client.get(f"/san-pham/{option.url}")
        if not option.is_chosen:
            assert led_to.context["page_obj"].paginator.count == option.count, option


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?stars=9", "Hạng sao"),
        ("?province=zz", "Tỉnh, thành phố"),
        ("?year=20x6", "Năm công nhận"),
        ("?as_of=31-31-31", "Tính đến ngày"),
        ("?order=password", "Sắp xếp"),
    ],
)
def test_filter_that_is_not_understood_is_named_and_left_out(
    client: Client, query: str, words: str
) -> None:
    tea()
    page = client.get(f"/san-pham/{query}")

    assert page.status_code == 200
    assert [row["name"] for row in page.context["rows"]] == ["Chè Tân Cương"]
    assert [fault.partition(":")[0] for fault in page.context["faults"]] == [words]


def test_empty_catalogue_says_what_to_do(client: Client) -> None:
    page = client.get("/san-pham/?q=xyz").content.decode()

    assert "Không có sản phẩm nào khớp" in page
    assert "Xem tất cả sản phẩm" in page


@pytest.mark.parametrize("rows", [1, 50])
def test_list_costs_the_same_for_any_number_of_rows(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.many(rows)

    with django_assert_num_queries(QUERIES):
        page = client.get("/san-pham/")

    assert page.context["page_obj"].paginator.count == rows
    assert len(page.context["rows"]) == min(rows, 48)


def test_page_number_keeps_the_filters(client: Client) -> None:
    make.many(49)

    page = client.get("/san-pham/?q=che&stars=3").content.decode()

    assert re.search(r'href="\?q=che&amp;stars=3&amp;page=2"', page)


def test_filters_when_they_contradict_then_each_way_out_says_what_it_would_show(
    client: Client,
) -> None:
    tea()
    honey()

    page = client.get("/san-pham/?stars=3&province=08")

    assert [(option.url, count) for option, count in page.context["ways_out"]] == [
        ("?province=08", 1),
        ("?stars=3", 1),
    ]
    assert names(client, "?province=08") == ["Mật ong rừng"]
    assert client.get("/san-pham/?stars=3").context["ways_out"] == []


@pytest.mark.parametrize("typed", ["che tan cuogn", "tan cuonng", "chè tân cươngg", "TAN CUOMG"])
def test_word_when_mistyped_then_what_sounds_alike_where_the_database_can(
    client: Client, typed: str
) -> None:
    tea()
    honey()

    page = client.get("/san-pham/", {"q": typed})

    if connection.vendor == "postgresql":
        assert [row["name"] for row in page.context["rows"]] == ["Chè Tân Cương"]
        assert page.context["question"].alike
        assert "gần giống" in page.content.decode()
    else:
        assert list(page.context["rows"]) == []


def test_word_when_like_nothing_or_found_as_typed_then_nothing_is_guessed(client: Client) -> None:
    tea()
    honey()

    assert names(client, "?q=xyzxyz+qqq") == []
    assert not client.get("/san-pham/?q=mat+ong").context["question"].alike


def test_mistyped_word_when_hidden_or_revoked_then_not_guessed(
    client: Client, provincial_officer: User, at: datetime
) -> None:
    listings.withhold(tea().listing, reason="Ảnh sai.", by=provincial_officer, at=at)
    honey()

    assert names(client, "?q=tan+cuogn") == []
