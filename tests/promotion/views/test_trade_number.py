"""The code on the package leads to the product's page."""

from collections.abc import Iterator
from datetime import datetime

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
GTIN = "8930000000019"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def listing() -> Listing:
    return make.listing(registry.product(name="Chè Tân Cương", gtin=GTIN))


@pytest.mark.parametrize(
    "path", [f"/01/{GTIN}", f"/01/0{GTIN}", f"/01/{GTIN}/10/LO-7", f"/01/{GTIN}/10/LO-7/21/5"]
)
def test_number_leads_to_the_page_in_every_spelling(
    client: Client, listing: Listing, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answer = client.get(path)

    assert answer.status_code == 302
    assert answer["Location"] == listing.get_absolute_url()
    assert answer["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    ("number", "status", "words"),
    [
        ("8930000000018", 400, "sai số kiểm tra"),
        ("12345", 400, "có 8, 12, 13 hoặc 14 chữ số"),
        ("%3Cscript%3E", 400, "có 8, 12, 13 hoặc 14 chữ số"),
        ("8930000000026", 404, "Không có sản phẩm OCOP nào đang công khai mang mã GTIN"),
    ],
)
def test_number_that_leads_nowhere_is_explained(
    client: Client, listing: Listing, number: str, status: int, words: str
) -> None:
    answer = client.get(f"/01/{number}")

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert listing.name not in answer.content.decode()


def test_number_of_a_withdrawn_product_is_as_unknown(
    client: Client, listing: Listing, provincial_officer: User, at: datetime
) -> None:
    listings.withhold(listing, reason="Ảnh sai.", by=provincial_officer, at=at)

    assert client.get(f"/01/{GTIN}").status_code == 404


def test_page_says_the_number_to_people_and_machines(client: Client, listing: Listing) -> None:
    page = client.get(listing.get_absolute_url()).content.decode()

    assert f'"gtin": "{GTIN}"' in page
    assert "Mã GTIN" in page
