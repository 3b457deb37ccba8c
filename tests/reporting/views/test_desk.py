"""The programme room on the desk: what a province owes, what the centre has to receive."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from ocop_portal.web import desk
from ocop_portal.web.desk import TaskGroup
from reporting.services import province_reports
from tests.conftest import LogIn
from tests.factories import programme as make
from tests.factories import registry
from tests.factories.registry import NOW

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 15)
OWED, AGAIN = "Báo cáo phải gửi trung ương", "Báo cáo bị trả lại, phải gửi lại"
TO_RECEIVE = "Báo cáo của tỉnh chờ nhận"
QUERIES = 31


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    registry.province()
    with time_machine.travel(NOW, tick=False):
        yield


def group_of(person: User, label: str) -> TaskGroup | None:
    groups = desk.groups_for(person, NOW)
    return next((each for each in groups if str(each.label) == label), None)


def test_report_waits_on_the_desk_of_who_has_to_act(
    provincial_officer: User, central_officer: User
) -> None:
    row = make.report(by=central_officer, title="Báo cáo năm", due_on=DUE)

    owed = group_of(provincial_officer, OWED)
    before = group_of(central_officer, TO_RECEIVE)
    make.sent(row, by=provincial_officer)
    row.refresh_from_db()
    received = group_of(central_officer, TO_RECEIVE)
    after = group_of(provincial_officer, OWED)
    province_reports.return_to_province(row, reason="Thiếu số.", by=central_officer, at=NOW)
    returned = group_of(provincial_officer, AGAIN)

    assert owed is not None
    (task,) = owed.tasks
    assert (task.title, task.due_on) == ("Báo cáo năm · Tỉnh Thái Nguyên", DUE)
    assert task.url == row.get_absolute_url()
    assert (before, after) == (None, None)
    assert received is not None
    assert [each.title for each in received.tasks] == [
        "Tỉnh Thái Nguyên: Báo cáo năm (hạn gửi 15/12/2026)"
    ]
    assert returned is not None
    assert [each.due_on for each in returned.tasks] == [DUE]


def test_report_that_came_in_time_is_not_late_at_the_centre(
    provincial_officer: User, central_officer: User
) -> None:
    row = make.report(by=central_officer, due_on=NOW.date())
    owed = group_of(provincial_officer, OWED)
    make.sent(row, by=provincial_officer)

    later = desk.groups_for(central_officer, NOW + timedelta(days=9))

    assert owed is not None
    assert [task.due_on for group in later for task in group.tasks] == [None]


def test_desk_tells_number_and_day_to_nobody_but_the_two(
    provincial_officer: User,
    commune_officer: User,
    auditor: User,
    central_officer: User,
    log_in: LogIn,
) -> None:
    for title in ("Báo cáo năm", "Báo cáo đột xuất"):
        make.report(by=central_officer, title=title, due_on=DUE)

    page = log_in(provincial_officer).get(reverse("desk")).content.decode()

    assert f'{OWED} <span class="muted">(2)</span>' in page
    assert "15/12/2026" in page
    for person in (commune_officer, auditor):
        assert OWED not in log_in(person).get(reverse("desk")).content.decode()


def test_desk_asks_the_same_with_1_and_with_40_reports(
    provincial_officer: User,
    central_officer: User,
    log_in: LogIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser: Client = log_in(provincial_officer)
    make.report(by=central_officer)
    browser.get(reverse("desk"))
    with django_assert_num_queries(QUERIES):
        browser.get(reverse("desk"))
    for number in range(39):
        make.report(by=central_officer, title=f"Báo cáo {number}")
    with django_assert_num_queries(QUERIES):
        browser.get(reverse("desk"))
