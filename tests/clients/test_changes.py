"""The feed: numbered after the commit, seen by who sees the thing, nothing missed or twice."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from ocop_portal.accounts.models import User
from ocop_portal.clients import changes
from ocop_portal.clients.models import Change
from registry.domain.eligibility import SubjectKind
from registry.models import Subject
from registry.services import subjects
from tests.conftest import LogIn
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_news_yet")]
FEED = "/api/v1/changes/"


def register(by: User, at: datetime, name: str = "Tổ hợp tác Suối Bạc") -> Subject:
    return subjects.register(
        name=name,
        kind=SubjectKind.COOPERATIVE_GROUP,
        representative_name="Lan",
        phone="0912345678",
        commune=make.commune(),
        by=by,
        at=at,
    )


def read(browser: Client, **query: Any) -> Any:
    return browser.get(FEED, query).json()


@pytest.mark.embedded
def test_change_when_recorded_then_it_is_told_after_it_has_its_number(
    producer: User, at: datetime, log_in: LogIn
) -> None:
    made = register(producer, at)
    browser = log_in(producer)

    before = read(browser)
    numbered = changes.number_new(at=timezone.now())
    after = read(browser)

    assert (before["results"], before["next"], numbered) == ([], 0, 1)
    assert after["results"] == [
        {
            "number": 1,
            "kind": "registry.subject.registered",
            "at": at.isoformat(),
            "object": {
                "type": "registry.subject",
                "id": made.pk,
                "url": f"http://127.0.0.1:8000/api/v1/subjects/{made.pk}/",
            },
        }
    ]
    assert (after["next"], after["has_more"]) == (1, False)


@pytest.mark.embedded
def test_change_when_the_act_is_undone_then_nothing_is_told(producer: User, at: datetime) -> None:
    with transaction.atomic():
        register(producer, at)
        assert Change.objects.count() == 1
        transaction.set_rollback(True)

    assert not Change.objects.exists()


def test_feed_when_read_in_parts_then_nothing_is_missed_and_nothing_comes_twice(
    producer: User, at: datetime, log_in: LogIn
) -> None:
    made = [register(producer, at, f"Tổ {number}").pk for number in range(5)]
    changes.number_new(at=timezone.now())
    browser, seen, after, more = log_in(producer), [], 0, True

    while more:
        part = read(browser, after=after, limit=2)
        seen += [row["object"]["id"] for row in part["results"]]
        after, more = part["next"], part["has_more"]

    assert seen == made
    assert read(browser, after=after)["results"] == []


def test_feed_when_the_thing_is_not_ones_own_then_it_is_not_told(
    producer: User, stranger: User, provincial_officer: User, at: datetime, log_in: LogIn
) -> None:
    made = register(producer, at)
    changes.number_new(at=timezone.now())

    def told(user: User) -> list[int]:
        return [row["object"]["id"] for row in read(log_in(user))["results"]]

    assert told(provincial_officer) == [made.pk]
    assert made.pk not in told(stranger)


def test_numbers_when_given_in_two_goes_then_they_go_on(producer: User, at: datetime) -> None:
    register(producer, at, "Một")
    changes.number_new(at=at)
    register(producer, at, "Hai")
    changes.number_new(at=at)

    assert list(Change.objects.order_by("id").values_list("number", flat=True)) == [1, 2]
    assert changes.number_new(at=at) == 0


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"after": "x"}, "after"),
        ({"after": "-1"}, "after"),
        ({"after": str(2**63)}, "after"),
        ({"after": "\u0663"}, "after"),
        ({"limit": "0"}, "limit"),
        ({"limit": "501"}, "limit"),
        ({"kind": "cycle.idea.saved"}, "kind"),
        ({"page": "2"}, "page"),
    ],
)
def test_feed_when_the_query_is_not_understood_then_it_is_refused(
    producer: User, log_in: LogIn, query: dict[str, str], field: str
) -> None:
    response = log_in(producer).get(FEED, query)

    assert (response.status_code, response.json()["field"]) == (422, field)


def test_journal_is_read_by_who_watches_and_by_nobody_else(
    producer: User, stranger: User, auditor: User, at: datetime, log_in: LogIn
) -> None:
    made = register(producer, at)
    query = {"kind": "registry.subject.registered", "subject_id": str(made.pk)}

    watched = log_in(auditor).get("/api/v1/journal/", query)
    refused = log_in(stranger).get("/api/v1/journal/", query)

    assert [row["actor"] for row in watched.json()["results"]] == [producer.pk]
    assert refused.status_code == 403
