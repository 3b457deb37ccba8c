"""The schema against the portal: what it says is so, whatever is sent; bounded in time.

Every operation is asked a few times with generated input, and with the same input for a row that is
there, by somebody who may do it something, on the version just read: what is generated then reaches
the rules and not only the door. A rare fault of ours is what this looks for, so the
seed is fixed and a failure can be repeated.
"""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import time_machine
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.test import Client

from ocop_portal.accounts.models import User
from ocop_portal.clients import tokens
from ocop_portal.clients.scopes import Scope
from scoring.models import Certificate, Rating
from tests.factories import cycle, registry
from tests.factories import events as make_events
from tests.factories import points as make_points
from tests.factories import rubrics as make_rubrics
from tests.factories import scoring as make_scoring

EXAMPLES = 4
PATIENCE_S = 200
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
READING, WRITING = ("GET",), ("POST", "PUT", "PATCH")


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The end of a real WSGI request would close the connection that the test's rows live in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


Headers = dict[str, str]
Known = tuple[dict[str, object], Headers]


@pytest.fixture(autouse=True)
def _one_day() -> Iterator[None]:
    """The rows of the factories are of this day: who may act then, may act now."""
    with time_machine.travel(registry.NOW, tick=True):
        yield


@pytest.fixture
def rating(db: None) -> Rating:
    """A product's whole way to a certificate and a public page."""
    make_rubrics.edition("2026", 11)
    found = make_scoring.concluded(make_scoring.accepted_dossier(regime="2026"), [80, 80, 80])
    make_scoring.signed(make_scoring.presented(make_scoring.drafted(found)))
    return found


@pytest.fixture
def portal(rating: Rating) -> Any:
    """The schema as the portal gives it."""
    return schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", app=get_wsgi_application())


@pytest.fixture
def known(rating: Rating) -> dict[str, Known]:
    """By the first word of an address: a row that is there, and who may do it something."""
    draft = make_scoring.self_assessed(cycle.filled_dossier())
    subject, young = draft.enrolment.product.subject, cycle.with_idea_accepted(cycle.enrolment())
    held = make_scoring.room_for(waiting := make_scoring.accepted_dossier())
    session = make_scoring.opened(held, make_scoring.called(held, waiting))
    owner, member = bearer(cycle.owner_of(draft.enrolment)), bearer(held.members[0].user)
    winner = bearer(cycle.owner_of(rating.dossier.enrolment))
    certificate = Certificate.objects.get(rating=rating)
    paper = {"item": "business_registration", "evidence": draft.evidence.all()[0].evidence_id}
    return {
        "agenda-items": ({"id": make_scoring.item_of(session).pk}, member),
        "certificate-rows": ({"id": certificate.pk}, winner),
        "certificates": ({"code": certificate.code}, winner),
        "councils": ({"id": held.council.pk}, member),
        "dossiers": ({"id": draft.pk, **paper}, owner),
        "enrolments": ({"id": young.pk}, bearer(cycle.owner_of(young))),
        "events": ({"event_id": make_events.called().pk}, owner),
        "evidence": ({"id": paper["evidence"]}, owner),
        "points-of-sale": ({"point_id": make_points.registered().pk}, owner),
        "products": ({"product_id": rating.dossier.enrolment.product_id}, owner),
        "ratings": ({"id": rating.pk}, winner),
        "registered-products": ({"id": draft.enrolment.product_id}, owner),
        "rubrics": ({"regime": "2026", "number": 11}, owner),
        "sessions": ({"id": session.pk}, member),
        "subjects": ({"id": subject.pk}, owner),
        "units": ({"division": "new", "code": rating.dossier.enrolment.commune.code}, owner),
    }


def bearer(user: User) -> Headers:
    """A token of this person for everything."""
    made = tokens.make(name="x", scopes=list(Scope), days=1, by=user, at=timezone.now())
    return {"Authorization": f"Bearer {made[1]}"}


def operations(portal: Any, methods: tuple[str, ...]) -> Iterator[Any]:
    for found in portal.get_all_operations():
        operation = found.ok()
        if operation.method.upper() in methods:
            yield operation


def ask(operation: Any, known: dict[str, Known]) -> set[int]:
    """Asks with what is generated; the statuses that came back."""
    names = {each.name for each in operation.path_parameters}
    there, headers = known[operation.path.split("/")[3]] if names else ({}, known["subjects"][1])
    # A picture's file is asked for by drawn names only: this client would leave it open.
    here = {name: there[name] for name in names - {"token", "size"}}
    statuses: set[int] = set()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def one(case: Any) -> None:
        judge(case)
        if here:
            case.path_parameters = here
            case.headers = {**(case.headers or {}), **version_read(case.formatted_path)}
            judge(case)

    def version_read(path: str) -> Headers:
        with Client(get_wsgi_application()).get(path, headers=headers) as read:
            return {"If-Match": read.headers["ETag"]} if "ETag" in read.headers else {}

    def judge(case: Any) -> None:
        answer = case.call(headers=headers)
        statuses.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    one()
    return statuses


@pytest.mark.parametrize("methods", [READING, WRITING], ids=["reading", "writing"])
def test_portal_answers_as_its_schema_says(
    portal: Any, known: dict[str, Known], methods: tuple[str, ...]
) -> None:
    ends_at = time.monotonic() + PATIENCE_S
    asked = {}

    for operation in operations(portal, methods):
        asked[operation.path] = ask(operation, known)
        assert time.monotonic() < ends_at, f"slow after {len(asked)} addresses"

    assert len(asked) >= (30 if methods == READING else 10)
    found = [path for path, statuses in asked.items() if statuses - {404, 401, 403}]
    assert len(found) >= len(asked) * 0.9, sorted(set(asked) - set(found))
