"""A page asks who its reader is once; what changes something asks anew."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.accounts.once import ReadOnceMiddleware, once
from registry.domain.roles import Role
from registry.models import Posting
from registry.selectors import has_role, standing_of
from tests.conftest import LogIn
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def asked_in(method: str) -> list[int]:
    """The answers of two askers of one request."""
    numbers = iter(range(9))
    answers: list[int] = []

    def page(_request: HttpRequest) -> HttpResponse:
        answers.extend(once("x", lambda: next(numbers)) for _asker in range(2))
        return HttpResponse()

    request = HttpRequest()
    request.method = method
    ReadOnceMiddleware(page)(request)
    ReadOnceMiddleware(page)(request)
    return answers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_request_that_only_reads_asks_once_and_keeps_nothing_for_the_next(method: str) -> None:
    assert asked_in(method) == [0, 0, 1, 1]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", None])
def test_request_that_may_change_something_asks_each_time(method: str) -> None:
    assert asked_in(method) == [0, 1, 2, 3]


def test_page_that_fails_leaves_nothing_behind() -> None:
    def page(_request: HttpRequest) -> HttpResponse:
        once("x", lambda: 1)
        raise ZeroDivisionError

    request = HttpRequest()
    request.method = "GET"

    with pytest.raises(ZeroDivisionError):
        ReadOnceMiddleware(page)(request)

    assert once("x", lambda: 2) == 2


@pytest.mark.embedded
def test_page_of_an_officer_reads_the_postings_once(log_in: LogIn) -> None:
    officer = make.officer(Role.ADMINISTRATOR, make.province())
    browser = log_in(officer)
    browser.get(reverse("registry:person-list"))

    with CaptureQueriesContext(connection) as context:
        page = browser.get(reverse("registry:person-list"))

    own = [
        query["sql"]
        for query in context
        if query["sql"].startswith('SELECT "registry_posting"."role"')
    ]
    assert page.status_code == 200
    assert len(own) == 1


@pytest.mark.embedded
def test_role_that_ends_between_two_pages_opens_the_second_no_longer(log_in: LogIn) -> None:
    officer = make.officer(Role.PROVINCIAL_OFFICER, make.province())
    browser = log_in(officer)
    url = reverse("registry:person-list")

    before = browser.get(url).status_code
    Posting.objects.filter(user=officer).delete()

    assert (before, browser.get(url).status_code) == (200, 403)


@pytest.mark.embedded
def test_outside_a_page_every_answer_is_fresh() -> None:
    place = make.province()
    officer = make.officer(Role.PROVINCIAL_OFFICER, place)
    known = User.objects.get(pk=officer.pk)

    assert standing_of(known, make.TODAY).paths == (place.path,)
    assert has_role(known, Role.PROVINCIAL_OFFICER, unit=place, on=make.TODAY)
    Posting.objects.filter(user=officer).delete()
    assert standing_of(known, make.TODAY).paths == ()
    assert not has_role(known, Role.PROVINCIAL_OFFICER, unit=place, on=make.TODAY)
