"""The map of provinces and the list that is its equal."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from promotion.selectors.tiles import tiles
from registry.models import Unit
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
PATH = "/san-pham/theo-tinh/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def honey(stars: int = 4) -> None:
    place = registry.commune("Xã Sơn Dương", "02536", registry.province("Tỉnh Tuyên Quang", "08"))
    maker = registry.subject(name="Tổ hợp tác ong", commune=place)
    make.listing(registry.product(maker, name="Mật ong"), stars=stars)


def test_map_and_list_when_drawn_then_the_same_counts_and_addresses(client: Client) -> None:
    make.listing(registry.product(name="Chè"))
    honey()

    context = client.get(PATH).context
    on_map = {tile.url: tile.count for tile in context["map"].tiles if not tile.is_sea}
    in_list = {row.url: row.count for row in context["rows"]}

    assert in_list == {"/san-pham/?province=19": 1, "/san-pham/?province=08": 1}
    assert on_map == in_list


def test_map_when_filtered_then_filter_in_every_address_and_province_left_aside(
    client: Client,
) -> None:
    make.listing(registry.product(name="Chè"))
    honey()

    context = client.get(f"{PATH}?stars=4&province=19&page=7").context

    assert {row.url: row.count for row in context["rows"]} == {
        "/san-pham/?stars=4&province=19": 0,
        "/san-pham/?stars=4&province=08": 1,
    }
    assert context["total"] == 1
    assert context["back"] == "/san-pham/?stars=4"


@pytest.mark.parametrize("query", ["?stars=9", "?province=zz", "?as_of=hom-qua", "?q=%00"])
def test_map_when_the_question_is_senseless_then_still_a_map(client: Client, query: str) -> None:
    make.listing(registry.product(name="Chè"))

    assert client.get(PATH + query).status_code == 200


def test_country_when_loaded_then_every_province_has_its_tile_and_the_islands_are_named(
    client: Client,
) -> None:
    call_command("load_units", verbosity=0)
    provinces = Unit.objects.filter(division="two_tier", level="province", valid_to__isnull=True)

    html = client.get(PATH).content.decode()

    assert {tile.province for tile in tiles()} == set(provinces.values_list("code", flat=True))
    assert html.count('<g class="tile ') == 36
    assert "Hoàng Sa (Đà Nẵng)" in html
    assert "Trường Sa (Khánh Hòa)" in html


@pytest.mark.parametrize("rows", [1, 50])
def test_map_when_there_are_more_products_then_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    make.many(rows)

    with django_assert_num_queries(2):
        assert client.get(PATH).context["total"] == rows
