"""The desk gathers what waits; the menu what can be done; lists keep their filter."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from ocop_portal.web import desk, navigation
from ocop_portal.web.desk import Suggestion, Task
from ocop_portal.web.navigation import NavItem
from tests.conftest import LogIn
from tests.factories import people

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
DESK = reverse("desk")


@pytest.fixture
def lan() -> User:
    return people.person("Nguyễn Thị Lan", "lan@ocop.example")


@pytest.fixture(autouse=True)
def only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_panels", [])
    monkeypatch.setattr(desk, "_advisers", [])
    monkeypatch.setattr(navigation, "_offers", [])


def plans(_user: Any, _at: datetime) -> Iterator[Task]:
    yield Task("Phương án chờ thẩm định", "Chè đinh", "/a/", due_on=date(2026, 12, 1))


def ideas(_user: Any, _at: datetime) -> Iterator[Task]:
    yield Task("Ý tưởng chờ thẩm định", "Mật ong", "/b/", waiting_since=AT)
    yield Task("Ý tưởng chờ thẩm định", "Chè búp", "/c/", due_on=date(2026, 11, 1))


def test_tasks_are_grouped_and_the_most_pressing_come_first() -> None:
    desk.register(plans)
    desk.register(ideas)
    desk.register(ideas)

    groups = desk.groups_for(None, AT)

    assert [(group.label, [task.title for task in group.tasks]) for group in groups] == [
        ("Ý tưởng chờ thẩm định", ["Chè búp", "Mật ong"]),
        ("Phương án chờ thẩm định", ["Chè đinh"]),
    ]


def test_the_desk_shows_what_waits(log_in: LogIn, lan: User) -> None:
    desk.register(ideas)

    response = log_in(lan).get(DESK)

    assert "2 việc đang chờ bạn." in response.content.decode()
    assert "quá hạn" in response.content.decode()


def test_an_empty_desk_says_what_to_do_next(log_in: LogIn, lan: User) -> None:
    desk.register_adviser(
        lambda _user, _at: [Suggestion("Đăng ký chủ thể đầu tiên", url="/x/", label="Đăng ký")]
    )

    page = log_in(lan).get(DESK).content.decode()

    assert "Không có việc nào đang chờ bạn." in page
    assert "Đăng ký chủ thể đầu tiên" in page


def test_the_desk_itself_costs_four_queries(
    log_in: LogIn, lan: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = log_in(lan)
    browser.get(DESK)

    with django_assert_num_queries(4):
        browser.get(DESK)


def test_the_menu_is_ordered_and_knows_where_the_reader_is() -> None:
    navigation.register(
        lambda _user: [
            NavItem("Sản phẩm", url="/san-pham/", order=20),
            NavItem("Sản phẩm của tôi", url="/san-pham/cua-toi/", order=30),
            NavItem("Bàn làm việc", url_name="desk", order=10),
        ]
    )

    items = navigation.items_for(User(), "/san-pham/cua-toi/3/")

    assert [(item.label, item.current) for item in items] == [
        ("Bàn làm việc", False),
        ("Sản phẩm", False),
        ("Sản phẩm của tôi", True),
    ]
