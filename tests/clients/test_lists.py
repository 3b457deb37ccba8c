"""What each list of the API costs: as many questions for fifty rows as for a few."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from django_filters import NumberFilter

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from ocop_portal.web.rows import RowList
from promotion.models import Listing
from registry.domain.regime import Level
from registry.models import Evidence
from scoring.models import Certificate, Rating
from tests.conftest import LogIn
from tests.factories import cycle, people, scoring
from tests.factories import events as make_events
from tests.factories import points as make_points
from tests.factories.twins import twins

ROWS = 50
# Session, person and, but for what is open to all, standing; then the count and the page's rows.
COSTS = {
    "agenda-items/": 5,
    "certificates/": 5,
    "councils/": 5,
    "decisions/": 5,
    "dossiers/": 5,
    "enrolments/": 5,
    "events/": 4,
    "evidence/": 5,
    "journal/": 5,
    "points-of-sale/": 4,
    "product-sets/": 4,
    "products/": 4,
    "ratings/": 5,
    "registered-products/": 5,
    "rounds/": 4,
    "sessions/": 5,
    "sheets/": 5,
    "subjects/": 5,
    "units/": 4,
}


def lists() -> Iterator[str]:
    """The addresses of every list."""
    return (address for address, _view in list_views())


def list_views(patterns: Any = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every list with its view, from the routes themselves."""
    for each in get_resolver("ocop_portal.api").url_patterns if patterns is None else patterns:
        address = before + str(each.pattern)
        if not isinstance(each, URLPattern):
            yield from list_views(each.url_patterns, address)
        elif issubclass(view := getattr(each.callback, "cls", object), RowList):
            yield address, view


def number_filters() -> Iterator[tuple[str, str]]:
    """Every filter of every list that takes a number."""
    for address, view in list_views():
        filters = getattr(view, "filterset_class", None)
        for name, each in filters.base_filters.items() if filters else ():
            if isinstance(each, NumberFilter):
                yield address, name


def test_every_list_has_its_cost_here() -> None:
    assert sorted(lists()) == sorted(COSTS)


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["1e30", "-1e400", "9" * 19, "1.5", "NaN", "1\x00"])
def test_a_number_that_no_column_holds_is_refused_however_it_is_written(
    number: str, administrator: User, log_in: LogIn
) -> None:
    browser, asked_for = log_in(administrator), list(number_filters())

    answers = {
        (address, name): browser.get(f"/api/v1/{address}", {name: number})
        for address, name in asked_for
    }

    assert ("agenda-items/", "session") in answers
    assert {answer.status_code for answer in answers.values()} == {422}
    assert {name for _address, name in answers} == {
        answer.json()["field"] for answer in answers.values()
    }


@pytest.fixture
def rating(db: None) -> Rating:
    """One product's whole way, so that every list has something to show."""
    found = scoring.concluded(scoring.accepted_dossier(regime="2026"), [80, 80, 80])
    scoring.signed(scoring.presented(scoring.drafted(found)))
    return found


def rows_and_readers(rating: Rating) -> dict[str, tuple[Any, User]]:
    """A row of each list, and somebody to whom the list shows it and its twins."""
    enrolment = rating.dossier.enrolment
    owner = cycle.owner_of(enrolment)
    chair = rating.item.session.council.members.get(seat="chair").user
    officer = cycle.officer_for(enrolment, Level.PROVINCE)
    return {
        "agenda-items/": (rating.item, chair),
        "certificates/": (Certificate.objects.get(), owner),
        "councils/": (rating.item.session.council, officer),
        "decisions/": (Certificate.objects.get().decision, officer),
        "dossiers/": (rating.dossier, owner),
        "enrolments/": (enrolment, owner),
        "events/": (make_events.called(), owner),
        "evidence/": (Evidence.objects.all()[0], owner),
        "journal/": (Entry.objects.all()[0], people.giang()),
        "points-of-sale/": (make_points.registered(), owner),
        "product-sets/": (rating.dossier.product_set, owner),
        "products/": (Listing.objects.get(), owner),
        "ratings/": (rating, owner),
        "registered-products/": (enrolment.product, owner),
        "rounds/": (enrolment.round, owner),
        "sessions/": (rating.item.session, chair),
        "sheets/": (rating.item.sheets.get(member__user=chair), chair),
        "subjects/": (enrolment.product.subject, officer),
        "units/": (enrolment.commune, owner),
    }


def test_a_list_costs_the_same_for_fifty_rows_as_for_one(rating: Rating, log_in: LogIn) -> None:
    costs = {}
    for address, (row, reader) in rows_and_readers(rating).items():
        browser = log_in(reader)
        asked(browser, address, 1)  # a browser's first page is also noted in its owner's list
        one = asked(browser, address, 1)
        twins(row, ROWS)
        fifty = asked(browser, address, ROWS)
        assert (one[1], fifty[1]) == (1, ROWS), address
        costs[address] = (one[0], fifty[0])

    assert costs == {address: (cost, cost) for address, cost in COSTS.items()}


def asked(browser: Client, address: str, rows: int) -> tuple[int, int]:
    """How many questions the list asked with nothing remembered, and how many rows it showed."""
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(f"/api/v1/{address}", {"page_size": rows})
    assert answer.status_code == 200, answer.content
    return len(seen), len(answer.json()["results"])
