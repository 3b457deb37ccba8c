"""Public endpoints of the register."""

from typing import Any

import pytest
from django.test import Client

from registry.models import UnitName
from registry.services.units import TWO_TIER_SINCE
from tests.factories import registry as make

pytestmark = pytest.mark.django_db
UNITS = "/api/v1/units/"


def test_units_are_filtered_by_level_division_parent_and_words(client: Client) -> None:
    make.commune()
    make.commune("Xã La Bằng", "05700")
    make.former_commune()

    def codes(**query: str) -> list[str]:
        return [row["code"] for row in client.get(UNITS, query).json()["results"]]

    assert codes(division="two_tier", level="province") == ["19"]
    assert codes(division="two_tier", parent="19") == ["05700", "05503"]
    assert codes(q="TÂN CƯƠNG", division="two_tier") == ["05503"]
    assert codes(q="tan cuong") == ["05503", "05503"]
    assert codes(level="district") == ["164"]


def test_unit_is_told_in_full(client: Client) -> None:
    make.commune()

    row = client.get(UNITS, {"q": "05503"}).json()["results"][0]

    assert row == {
        "division": "two_tier",
        "level": "commune",
        "code": "05503",
        "name": "Xã Tân Cương",
        "kind": "Xã",
        "parent": "19",
        "parent_name": "Tỉnh Thái Nguyên",
        "path": "/2:19/05503/",
        "valid_from": "2025-07-01",
        "valid_to": None,
        "latitude": 21.5,
        "longitude": 105.8,
    }


def test_unit_with_its_past(client: Client) -> None:
    commune = make.commune()
    make.former_commune(successor=commune)
    UnitName.objects.create(
        unit=commune, name="Xã Cũ", kind="Xã", valid_from=TWO_TIER_SINCE, valid_to=make.TODAY
    )

    now = client.get(f"{UNITS}two_tier/05503/").json()
    before = client.get(f"{UNITS}three_tier/05503/").json()

    assert [row["name"] for row in now["former_names"]] == ["Xã Cũ"]
    assert [row["path"] for row in now["predecessors"]] == ["/3:19/164/05503/"]
    assert [row["path"] for row in before["successors"]] == ["/2:19/05503/"]


def test_unknown_unit_and_unknown_filter(client: Client) -> None:
    unknown = client.get(f"{UNITS}two_tier/99999/")
    faulty = client.get(UNITS, {"level": "galaxy"})

    assert unknown.status_code == 404
    assert faulty.status_code in {400, 422}


@pytest.mark.parametrize("number", [1, 50])
def test_endpoint_costs_the_same_for_any_number(
    number: int, client: Client, django_assert_num_queries: Any
) -> None:
    for each in range(number):
        make.commune(f"Xã Số {each}", f"2{each:04d}")

    with django_assert_num_queries(2):
        answer = client.get(UNITS, {"level": "commune", "q": "xa so"}).json()

    assert answer["count"] == number


def test_product_sets_by_regime(client: Client) -> None:
    make.load_sets()

    answer = client.get("/api/v1/product-sets/", {"regime": "2019"}).json()

    assert answer["count"] == 26
    assert answer["results"][0] == {
        "regime": "2019",
        "number": 1,
        "name": "Chè tươi, chế biến",
        "industry": "Thực phẩm",
        "group": "",
        "samples_required": 5,
        "is_tourism": False,
        "has_rubric": True,
    }
