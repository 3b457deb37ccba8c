"""What the API must not tell, it tells nobody: not by search, order, count, error or size (H10).

Every reading address is asked in two worlds: in one of them a neighbour's product has gone its way
to a result that nothing has published. A visitor, a producer and an officer from elsewhere must get
the same answers to the last byte, for the same number of queries.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from cycle.models import DossierEvidence, Round
from ocop_portal.accounts.models import User
from ocop_portal.web.filters import PAGING
from registry.domain.roles import Role
from scoring.models import Rating
from tests.conftest import LogIn
from tests.factories import cycle, registry, rubrics, scoring
from tests.factories.people import subject_of

pytestmark = pytest.mark.django_db
SECRET = "Chè bí mật 7731"
Answers = dict[tuple[str, str], tuple[int, int, bytes]]


@pytest.fixture(autouse=True)
def _one_moment() -> Iterator[None]:
    """Time that passes tells of itself: a session is prolonged now and then."""
    with time_machine.travel(registry.NOW, tick=False):
        yield


def views(patterns: Any = None, before: str = "/api/v1/") -> Iterator[tuple[str, Any]]:
    """Every address with its view, from the routes themselves."""
    for each in get_resolver("ocop_portal.api").url_patterns if patterns is None else patterns:
        address = before + str(each.pattern)
        if not isinstance(each, URLPattern):
            yield from views(each.url_patterns, address)
        elif hasattr(view := getattr(each.callback, "cls", None), "get"):
            yield address, view


def questions(hidden: list[int]) -> Iterator[str]:
    """Lists with every filter and every order, things by the numbers of the hidden rows."""
    for address, view in views():
        if "<int:" in address:
            name = address.partition("<")[2].partition(">")[0]
            yield from (address.replace(f"<{name}>", str(number)) for number in hidden)
        elif "<" not in address and "schema" not in address and "docs" not in address:
            yield address
            filters = getattr(view, "filterset_class", None)
            words = [SECRET, str(hidden[0]), str(hidden[-1])]
            for name in filters.base_filters if filters else ():
                yield from (f"{address}?{urlencode({name: word})}" for word in words)
            for order in getattr(view, "orders", ()):
                yield from (f"{address}?order={sign}{order}&page_size=1" for sign in ("", "-"))
            yield from (f"{address}?{word}=2" for word in sorted(PAGING))


def answers(readers: dict[str, Client], hidden: list[int]) -> Answers:
    found: Answers = {}
    for who, browser in readers.items():
        for question in questions(hidden):
            cache.clear()
            asked: list[str] = []
            with connection.execute_wrapper(partial(noted, asked)):
                answer = browser.get(question)
            found[who, question] = (answer.status_code, len(asked), answer.content)
    return found


def noted(asked: list[str], execute: Any, sql: str, *rest: Any) -> Any:
    asked.append(sql)
    return execute(sql, *rest)


@pytest.fixture
def readers(stranger: User, log_in: LogIn) -> dict[str, Client]:
    """A visitor, a producer with a product of their own, and an officer of another province."""
    registry.product(subject_of(stranger), name="Gạo nếp")
    province = registry.province("Tỉnh Khác", "98")
    registry.commune("Xã Khác", "09999", province)
    people = {
        "producer": stranger,
        "province": registry.officer(Role.PROVINCIAL_OFFICER, province),
    }
    found = {"visitor": Client(), **{who: log_in(user) for who, user in people.items()}}
    for browser in found.values():
        browser.get("/api/v1/subjects/")  # noted in the list of one's browsers at the first page
    return found


@pytest.fixture
def season(db: None) -> Round:
    """What is public in both worlds: an open round, its places, the rubric of its sets."""
    rubrics.edition("2026", 1)
    registry.former_commune(successor=registry.commune())
    return cycle.season("2026")


def hidden_way(season: Round) -> Rating:
    """A product whose name is the secret, up to a result that is in no decision yet."""
    row = cycle.enrolment(season, item=cycle.product(name=SECRET))
    return scoring.concluded(scoring.accepted_dossier(row=row, regime="2026"), [80, 80, 80])


def test_nobody_elsewhere_learns_of_a_result_that_is_not_published(
    season: Round, readers: dict[str, Client]
) -> None:
    with transaction.atomic():
        rating = hidden_way(season)
        hidden = sorted(numbers_of(rating))
        told = answers(readers, hidden)
        transaction.set_rollback(True)
    untold = answers(readers, hidden)

    assert len(told) > 500
    assert {key: found for key, found in told.items() if found != untold[key]} == {}


def test_the_owner_is_told(season: Round, log_in: LogIn) -> None:
    """The same questions do find it for whom it is: the comparison above is no empty one."""
    rating = hidden_way(season)
    owner = log_in(cycle.owner_of(rating.dossier.enrolment))

    found = answers({"owner": owner}, sorted(numbers_of(rating)))

    shown = {key[1] for key, (_s, _q, body) in found.items() if SECRET in body.decode()}
    assert any(address.startswith("/api/v1/registered-products/?q=") for address in shown)
    assert any(address.startswith("/api/v1/dossiers/") for address in shown)


def numbers_of(rating: Rating) -> set[int]:
    dossier, enrolment = rating.dossier, rating.dossier.enrolment
    return {
        rating.pk,
        rating.item_id,
        rating.item.session_id,
        dossier.pk,
        enrolment.pk,
        enrolment.product_id,
        enrolment.product.subject_id,
        DossierEvidence.objects.filter(dossier=dossier)[0].evidence_id,
    }
