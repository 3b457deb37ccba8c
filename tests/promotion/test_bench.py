"""The bench fills a database that the portal can read, and says what is over its limit."""

import pytest

from bench import rows, run
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
