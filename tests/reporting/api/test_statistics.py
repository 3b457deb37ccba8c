"""Star statistics for programs."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from reporting.services import star_tallies
from tests.factories import promotion as make

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/statistics/stars/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.mark.embedded
def test_figures(client: Client) -> None:
    make.listing(stars=3)
    make.listing(stars=5)

    answer = client.get(ADDRESS).json()

    figures = [
        {"stars": 5, "products": 1},
        {"stars": 4, "products": 0},
        {"stars": 3, "products": 1},
    ]
    assert (answer["as_of"], answer["total"], answer["subjects"]) == ("2026-11-20", 2, 2)
    assert answer["stars"] == figures
    assert answer["province"] == [
        {"value": "19", "name": "Tỉnh Thái Nguyên", "stars": figures, "total": 2}
    ]
    assert [row["value"] for row in answer["year"]] == ["2026"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("as_of", "2099-01-01"),
        ("as_of", "x"),
        ("stars", "1"),
        ("group", "x"),
        ("province", "x"),
        ("regime", "x"),
        ("year", "1900"),
        ("page", "1"),
    ],
)
def test_filter_that_is_not_understood_is_refused_by_name(
    client: Client, field: str, value: str
) -> None:
    response = client.get(ADDRESS, {field: value})

    assert response.status_code == 422
    assert response.json()["field"] == field


@pytest.mark.parametrize("rows", [1, 50])
def test_answer_costs_the_same_for_any_number_of_rows(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.many(rows)

    with django_assert_num_queries(8):
        counted_now = client.get(ADDRESS).json()
    star_tallies.count_missing(on=make.TODAY)
    with django_assert_num_queries(4):
        counted_before = client.get(ADDRESS).json()

    assert counted_now == counted_before
    assert counted_now["total"] == rows


@pytest.mark.embedded
def test_answer_when_counted_is_kept_until_something_changes(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.FACES_KEPT_SECONDS = 25
    make.listing(stars=4)
    star_tallies.count_missing(on=make.TODAY)
    first = client.get(ADDRESS).json()
    with django_assert_num_queries(1):
        assert client.get(ADDRESS).json() == first

    make.listing(stars=5)
    assert client.get(ADDRESS).json()["total"] == 2
    star_tallies.count_missing(on=make.TODAY)
    assert client.get(ADDRESS).json()["total"] == 2
    assert client.get(ADDRESS, {"stars": "4"}).json()["total"] == 1
