"""The bench fills a database that the portal can read, and says what is over its limit."""

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from bench import faces, lists, multiply, rows, run
from promotion.models import Listing
from promotion.selectors import headline_figures
from registry.domain.regime import Division
from registry.models import Unit
from scoring.models import Certificate
from tests.factories import registry

pytestmark = pytest.mark.django_db


def test_rows_are_listed_and_counted() -> None:
    registry.commune()
    registry.load_sets()

    rows.fill(40)

    assert Unit.objects.filter(division=Division.TWO_TIER).count() == 2
    assert Listing.objects.count() == 40
    assert headline_figures(on=rows.NOW.date()).products > 10
    assert Certificate.objects.values("code").distinct().count() == 40


def test_table_says_what_is_over_its_limit() -> None:
    question = run.Question("catalogue", "/san-pham/", 100)
    costs = [run.Cost(question, 200, 12.3, 2048), run.Cost(question, 200, 150.0, 2048)]

    lines = run.table(costs)

    assert [line.split()[-1] for line in lines[1:]] == ["ok", "(200)"]
    assert [cost.is_within for cost in costs] == [True, False]


def test_rows_are_multiplied_with_what_they_name() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("copied by the database's own means")
    registry.commune()
    registry.load_sets()
    rows.fill(10)

    multiply.multiply(40)

    assert Listing.objects.count() == Certificate.objects.count() == 40
    for listing in Listing.objects.select_related("certificate", "product"):
        assert listing.certificate.product_id == listing.product_id
        assert listing.name == listing.product.name


def test_limits_of_the_lists_are_ratios_within_a_run() -> None:
    few = {"the portal": 4.0, "plain framework": 12.0, "by hand": 3.5, "star statistics": 3.0}
    few["the same, added up"] = 9.0
    many = {**few, "the portal": 7.0, "star statistics": 4.0, "the same, added up": 14.0}

    assert [limit.is_kept for limit in lists.limits(few, many)] == [True, True, False, True, False]


def test_rates_say_which_page_is_too_slow_or_too_heavy() -> None:
    good = faces.Rate("catalogue", cold=10, kept=400, by_etag=500, size=20_000)
    slow = faces.Rate("catalogue", cold=10, kept=100, by_etag=500, size=20_000)
    heavy = faces.Rate("catalogue", cold=10, kept=400, by_etag=500, size=200_000)

    lines = faces.table(1000, [good, slow, heavy])

    assert [line.split()[-1] for line in lines[2:]] == ["ok", "OVER", "OVER"]


def test_rates_are_counted_through_the_whole_portal(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(faces, "SECONDS", 0.05)
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]

    empty, found = faces.rates({"guidance": "/huong-dan/"})

    assert empty > 0
    assert [(rate.name, rate.cold > 0, rate.kept > 0) for rate in found] == [
        ("guidance", True, True)
    ]
    assert found[0].size < len(client.get("/huong-dan/").content)
