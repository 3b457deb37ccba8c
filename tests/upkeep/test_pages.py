"""The page of the checks, and who is told."""

from datetime import timedelta

import pytest
from django.test import Client

from ocop_portal.accounts.models import User
from ocop_portal.journal import delivery
from ocop_portal.journal.models import Entry, Notification
from ocop_portal.upkeep import services
from ocop_portal.upkeep.invariants import Finding, Invariant, Scope, registered
from ocop_portal.upkeep.models import CheckFinding, CheckRun
from ocop_portal.upkeep.tasks import check_invariants
from tests.conftest import LogIn
from tests.factories import registry as make
from tests.factories.registry import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ADDRESS = "/tu-kiem-tra/"


def found(number: int) -> CheckRun:
    """A run in which the first rule found this many people wrong."""
    person = make.person("Hoàng Thị Sai")
    first = registered()[0]

    def find(_scope: Scope) -> list[Finding]:
        return [Finding(person, "Sai %(count)s chỗ.", {"count": each}) for each in range(number)]

    rule = Invariant(first.code, first.title, first.clause, first.advice, lambda s: iter(find(s)))
    return services.run(at=NOW, rules=[rule])


def test_page_when_nothing_ran_then_it_says_how_to_run(administrator: User, log_in: LogIn) -> None:
    page = log_in(administrator).get(ADDRESS).content.decode()

    assert "Chưa có lần kiểm tra nào" in page
    assert "manage.py check_invariants" in page


def test_page_when_something_was_found_then_it_says_where_which_rule_and_what_to_do(
    administrator: User, auditor: User, log_in: LogIn
) -> None:
    found(2)
    rule = registered()[0]

    pages = [log_in(person).get(ADDRESS).content.decode() for person in (administrator, auditor)]

    for page in pages:
        assert "2 điều không khớp" in page
        assert "Hoàng Thị Sai" in page
        assert "Sai 1 chỗ." in page
        assert rule.advice in page


@pytest.mark.parametrize("person", ["producer", "provincial_officer", "authority"])
def test_page_when_asked_by_others_then_it_is_refused(
    person: str, log_in: LogIn, request: pytest.FixtureRequest
) -> None:
    assert log_in(request.getfixturevalue(person)).get(ADDRESS).status_code == 403


@pytest.mark.parametrize("number", [1, 50])
def test_page_costs_the_same_for_any_number(
    administrator: User, log_in: LogIn, number: int, django_assert_num_queries: object
) -> None:
    found(number)
    browser: Client = log_in(administrator)
    browser.get(ADDRESS)

    with django_assert_num_queries(QUERIES):  # type: ignore[operator] # a fixture without a type
        browser.get(ADDRESS)


QUERIES = 8


def test_notice_when_something_is_found_then_administrators_are_told_and_nobody_else(
    administrator: User, provincial_officer: User
) -> None:
    found(3)
    entry = Entry.objects.get(kind=services.FOUND)

    delivery.fan_out(entry.pk, at=NOW)

    told = Notification.objects.filter(entry=entry)
    assert {row.recipient for row in told} == {administrator}
    assert {row.title for row in told} == {"Tự kiểm tra thấy 3 điều không khớp"}


def test_run_when_nothing_is_found_then_nobody_is_told(db: None) -> None:
    services.run(at=NOW, rules=[])

    assert not Entry.objects.filter(kind=services.FOUND).exists()


def test_run_when_one_cause_breaks_many_rows_then_the_first_are_kept(db: None) -> None:
    found(services.MOST_OF_A_RULE + 5)

    assert CheckFinding.objects.count() == services.MOST_OF_A_RULE


def test_run_when_ninety_days_old_then_it_is_forgotten(db: None) -> None:
    old = found(1)
    CheckRun.objects.filter(pk=old.pk).update(started_at=NOW - timedelta(days=91))

    services.run(at=NOW, rules=[])

    assert not CheckRun.objects.filter(pk=old.pk).exists()


def test_task_when_rung_then_every_rule_is_asked(db: None) -> None:
    check_invariants()

    assert CheckRun.objects.get().rules == len(registered())
