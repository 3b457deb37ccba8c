"""Points of sale and events over REST."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from ocop_portal.accounts.models import User
from promotion.services import entries, point_register
from registry.models import Product, Subject
from tests.factories import events as make_events
from tests.factories import points as make_points
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
NOW = make.NOW


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer() -> User:
    return make_points.keeper()


@pytest.fixture
def product(subject: Subject) -> Product:
    return make.listing(registry.product(subject, name="Chè Tân Cương")).product


def test_points_when_listed_and_read_then_open_ones_with_their_products(
    client: Client, officer: User, product: Product
) -> None:
    point = make_points.registered(by=officer, latitude=Decimal("21.5"), longitude=Decimal(105))
    point_register.put(product, point, by=officer, at=NOW)
    address = "/api/v1/points-of-sale/"

    listed = client.get(address, {"q": "minh cau", "kind": "supermarket"}).json()
    read = client.get(f"{address}{point.pk}/").json()

    assert [row["name"] for row in listed["results"]] == ["Siêu thị Minh Cầu"]
    assert (listed["results"][0]["province"], listed["results"][0]["kind"]) == (
        "19",
        "supermarket",
    )
    assert [each["name"] for each in read["products"]] == ["Chè Tân Cương"]
    point_register.close(point, reason="x", by=officer, at=NOW)
    assert client.get(address).json()["count"] == 0
    assert client.get(f"{address}{point.pk}/").status_code == 404


def test_events_when_listed_and_read_then_figures_only_after_the_conclusion(
    client: Client, officer: User, product: Product, producer: User
) -> None:
    event = make_events.called(by=officer)
    entry = make_events.applied(event, product, by=producer)
    entries.select(entry, reason="Đặc sản", booth="A1", by=officer, at=NOW)
    address = "/api/v1/events/"

    listed = client.get(address, {"when": "coming"}).json()
    read = client.get(f"{address}{event.pk}/").json()

    assert [row["name"] for row in listed["results"]] == ["Hội chợ mùa xuân"]
    assert [(each["name"], each["booth"]) for each in read["products"]] == [("Chè Tân Cương", "A1")]
    assert (read["visitors"], read["revenue"]) == (None, None)
    assert "Đặc sản" not in str(read)
    assert client.get(f"{address}999999/").status_code == 404


@pytest.mark.parametrize("address", ["points-of-sale", "events"])
def test_lists_when_asked_nonsense_then_the_word_is_named(client: Client, address: str) -> None:
    assert client.get(f"/api/v1/{address}/", {"kind": "x"}).status_code in {400, 422}
    assert client.get(f"/api/v1/{address}/", {"nonsense": "x"}).status_code in {400, 422}
