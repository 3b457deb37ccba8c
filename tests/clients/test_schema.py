"""The schema against the portal: what it says is so, whatever is sent; bounded in time.

Every operation is asked a few times with generated input by a person who sees a little; a rare
fault of ours is what this looks for, so the seed is fixed and a failure can be repeated.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
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

from ocop_portal.clients import tokens
from ocop_portal.clients.scopes import Scope
from tests.factories import promotion as make_promotion
from tests.factories import rubrics as make_rubrics
from tests.factories import scoring as make_scoring

EXAMPLES = 6
PATIENCE = timedelta(seconds=150)
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


@pytest.fixture
def portal(db: None) -> Any:
    """The schema as the portal gives it, beside a few rows of every sort."""
    make_promotion.listing(stars=4)
    make_rubrics.edition("2026", 11)
    return schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", app=get_wsgi_application())


@pytest.fixture
def headers(db: None) -> dict[str, str]:
    """A token of the producer of a dossier before a council, for everything."""
    rating = make_scoring.concluded(make_scoring.accepted_dossier(), [80, 80, 80])
    owner = rating.dossier.enrolment.product.subject.postings.get().user
    token = tokens.make(name="x", scopes=list(Scope), days=1, by=owner, at=timezone.now())
    return {"Authorization": f"Bearer {token[1]}"}


def operations(portal: Any, methods: tuple[str, ...]) -> Iterator[Any]:
    for found in portal.get_all_operations():
        operation = found.ok()
        if operation.method.upper() in methods:
            yield operation


def ask(operation: Any, headers: dict[str, str]) -> None:
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
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS)

    one()


@pytest.mark.parametrize("methods", [READING, WRITING], ids=["reading", "writing"])
def test_portal_answers_as_its_schema_says(
    portal: Any, headers: dict[str, str], methods: tuple[str, ...]
) -> None:
    ends_at = timezone.now() + PATIENCE
    asked = 0

    for operation in operations(portal, methods):
        ask(operation, headers)
        asked += 1
        assert timezone.now() < ends_at, f"slow after {asked} operations"

    assert asked >= (30 if methods == READING else 10)
