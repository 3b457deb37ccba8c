"""Recognised products and certificates for programs."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from promotion.domain.sales import PlaceKind
from promotion.services import listings, points_of_sale
from scoring.models import Certificate
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
LIST = "/api/v1/products/"


@pytest.fixture(autouse=True)
def _today(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.mark.embedded
def test_list_gives_plain_rows(client: Client) -> None:
    listing = make.listing(registry.product(name="Chè Tân Cương"), stars=4)

    answer = client.get(LIST).json()

    assert answer == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "id": listing.product_id,
                "slug": listing.slug,
                "name": "Chè Tân Cương",
                "subject": listing.subject_name,
                "product_set": "Chè tươi, chế biến",
                "group": "thuc-pham",
                "regime": "2019",
                "stars": 4,
                "potential_five": False,
                "province": "19",
                "province_name": "Tỉnh Thái Nguyên",
                "commune": "05503",
                "commune_name": "Xã Tân Cương",
                "issued_on": "2026-03-02",
                "valid_until": "2029-03-02",
            }
        ],
    }


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "che tan"}, 1),
        ({"q": "mat ong"}, 0),
        ({"stars": "4"}, 1),
        ({"stars": "3"}, 0),
        ({"group": "thuc-pham", "province": "19", "regime": "2019", "year": "2026"}, 1),
        ({"validity": "expired"}, 0),
        ({"validity": "all", "order": "newest"}, 1),
        ({"as_of": "2026-03-01"}, 0),
    ],
)
def test_list_answers_the_page_s_own_filters(
    client: Client, query: dict[str, str], count: int
) -> None:
    make.listing(registry.product(name="Chè Tân Cương"), stars=4)

    assert client.get(LIST, query).json()["count"] == count


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stars", "9"),
        ("group", "xyz"),
        ("province", "00"),
        ("regime", "1999"),
        ("year", "x"),
        ("validity", "maybe"),
        ("order", "password"),
        ("as_of", "yesterday"),
        ("subject__tax_code", "1"),
        ("q", "x" * 201),
    ],
)
def test_filter_that_is_not_understood_is_refused_by_name(
    client: Client, field: str, value: str
) -> None:
    response = client.get(LIST, {field: value})

    assert response.status_code == 422
    assert (response.json()["code"], response.json()["field"]) == ("invalid", field)


@pytest.mark.parametrize("page", ["0", "1000000000", "x"])
def test_page_that_is_not_there(client: Client, page: str) -> None:
    assert client.get(LIST, {"page": page}).status_code == 404


@pytest.mark.parametrize("rows", [1, 50])
def test_list_costs_two_queries_for_any_number_of_rows(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.many(rows)

    with django_assert_num_queries(2):  # count, rows
        answer = client.get(LIST).json()

    assert len(answer["results"]) == rows


def test_a_count_is_good_for_a_minute(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.many(3)
    first = client.get(LIST).json()

    with django_assert_num_queries(1):
        again = client.get(LIST).json()

    assert again == first
    assert client.get(LIST, {"q": "không có"}).json()["count"] == 0
    cache.clear()
    make.many(2, name="Gạo")
    assert client.get(LIST).json()["count"] == 5


def test_detail_gives_everything_public(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    product = registry.product(price_from=150_000)
    owner = registry.owner_of(product.subject)
    points_of_sale.offer(
        product,
        name="Sàn chè",
        kind=PlaceKind.ONLINE,
        website="https://san.example/che",
        by=owner,
        at=make.NOW,
    )
    make.listing(product, stars=4)

    with django_assert_num_queries(6):
        answer = client.get(f"{LIST}{product.pk}/").json()

    assert (answer["stars"], answer["status"], answer["price_from"]) == (4, "valid", 150_000)
    assert answer["story"] is None
    assert [each["status"] for each in answer["certificates"]] == ["valid"]
    assert answer["places"] == [
        {
            "name": "Sàn chè",
            "kind": "online",
            "address": "",
            "website": "https://san.example/che",
        }
    ]
    assert "phone" not in str(answer)


def test_what_has_no_page_has_no_answer(
    client: Client, provincial_officer: User, at: datetime
) -> None:
    unlisted = registry.product()
    listing = make.listing()
    held = make.certificate()
    listings.refresh(held.product, at=at)
    addresses = [f"{LIST}{each}/" for each in (unlisted.pk, listing.product_id, held.product_id)]
    assert [client.get(each).status_code for each in addresses] == [404, 200, 200]

    listings.withhold(listing, reason="Ảnh sai.", by=provincial_officer, at=at)
    make.change(held, "revoked")

    assert [client.get(each).status_code for each in addresses] == [404, 404, 404]
    assert client.get(LIST, {"validity": "all"}).json()["count"] == 0


def test_suspended_product_is_not_listed_and_says_so(client: Client) -> None:
    held = make.certificate()
    make.change(held, "suspended")

    assert client.get(LIST, {"validity": "all"}).json()["count"] == 0
    assert client.get(f"{LIST}{held.product_id}/").json()["status"] == "suspended"


def test_certificate_by_code(client: Client) -> None:
    held = make.certificate(stars=4)

    response = client.get(f"/api/v1/certificates/{held.shown_code.lower()}/")

    assert response["Cache-Control"] == "public, max-age=60"
    answer = response.json()
    assert (answer["code"], answer["status"], answer["stars"]) == (held.code, "valid", 4)
    assert answer["decision_number"] == held.decision.number
    assert answer["authority"] == "Ủy ban nhân dân tỉnh Thái Nguyên"


@pytest.mark.parametrize(("word", "status"), [("suspended", "suspended"), ("revoked", "revoked")])
def test_certificate_tells_what_was_decided(client: Client, word: str, status: str) -> None:
    held = make.certificate()
    make.change(held, word)

    assert client.get(f"/api/v1/certificates/{held.code}/").json()["status"] == status


def test_certificate_that_expired(client: Client) -> None:
    held = make.certificate(issued_on=date(2022, 1, 1))

    assert client.get(f"/api/v1/certificates/{held.code}/").json()["status"] == "expired"
    assert Certificate.objects.get().state == "valid"


@pytest.mark.parametrize("code", ["ABC", "000000000001"])
def test_certificate_that_is_not_there(client: Client, code: str) -> None:
    response = client.get(f"/api/v1/certificates/{code}/")

    assert response.status_code == 404
    assert {"code", "message", "field"} <= set(response.json())
    assert response["Content-Type"] == "application/problem+json"


def test_photographs_stand_in_the_detail_where_the_public_sees_them(client: Client) -> None:
    listing = make.listing(registry.product(name="Chè Tân Cương"), stars=4)
    picture = registry.picture(listing.product, alt="Búp chè trong bàn tay")

    shown = client.get(f"{LIST}{listing.product_id}/").json()["pictures"]

    assert [each["alt"] for each in shown] == ["Búp chè trong bàn tay"]
    assert shown[0]["url"] == f"/hinh/{picture.token}/lon.webp"
    file: Any = client.get(shown[0]["thumbnail"])
    assert b"".join(file.streaming_content).startswith(b"RIFF")


def test_photographs_of_a_product_without_a_page_are_nowhere_public(client: Client) -> None:
    product = registry.product()
    picture = registry.picture(product)

    assert client.get(f"{LIST}{product.pk}/").status_code == 404
    assert client.get(f"/hinh/{picture.token}/nho.webp").status_code == 404
