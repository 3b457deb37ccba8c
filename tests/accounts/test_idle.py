"""A session that nobody uses ends, and nothing typed is lost by it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from ocop_portal.accounts.models import User
from tests.conftest import LogIn
from tests.factories import people

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
KEEP_ALIVE = reverse("accounts:keep-alive")
PROFILE = reverse("accounts:profile")
LIMIT = timedelta(seconds=settings.IDLE_LIMIT_SECONDS)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def lan() -> User:
    return people.person("Nguyễn Thị Lan", "lan@ocop.example")


def working(log_in: LogIn, lan: User) -> Client:
    browser = log_in(lan)
    assert browser.get(PROFILE).status_code == 200
    return browser


def test_session_lives_until_the_limit_and_not_beyond(log_in: LogIn, lan: User) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = working(log_in, lan)
        clock.shift(LIMIT)
        assert browser.get(PROFILE).status_code == 200

        clock.shift(LIMIT + A_MINUTE)
        assert browser.get(PROFILE).status_code == 302


def test_keep_alive_counts_as_somebody_being_there(log_in: LogIn, lan: User) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = working(log_in, lan)
        clock.shift(LIMIT - A_MINUTE)
        answer = browser.post(KEEP_ALIVE)
        clock.shift(LIMIT - A_MINUTE)

        assert answer.json() == {"seconds_left": settings.IDLE_LIMIT_SECONDS}
        assert browser.get(PROFILE).status_code == 200


def test_keep_alive_after_the_end_says_so(log_in: LogIn, lan: User) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = working(log_in, lan)
        clock.shift(LIMIT + A_MINUTE)
        answer = browser.post(KEEP_ALIVE)

    assert answer.status_code == 401
    assert answer.json()["login"] == "/tai-khoan/dang-nhap/?het-phien=1"


def test_what_a_page_fetches_by_itself_keeps_nothing_alive(log_in: LogIn, lan: User) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = working(log_in, lan)
        for _time in range(4):
            clock.shift(LIMIT / 3)
            last = browser.get(PROFILE, headers={"x-background": "1"})

    assert last.status_code == 302


def test_work_in_one_tab_keeps_the_other_alive(log_in: LogIn, lan: User) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = working(log_in, lan)
        for _time in range(5):
            clock.shift(LIMIT / 2)
            browser.get(reverse("accounts:password-change"))

        assert browser.get(PROFILE).status_code == 200


def test_a_form_sent_after_the_end_leads_to_login_and_back_to_its_page(
    log_in: LogIn, lan: User
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = working(log_in, lan)
        clock.shift(LIMIT + A_MINUTE)
        answer = browser.post(
            reverse("journal:notices-read"),
            headers={"referer": "http://testserver/thong-bao/?page=2"},
        )
        page = browser.get(answer["Location"])

    assert answer["Location"] == (
        "/tai-khoan/dang-nhap/?next=%2Fthong-bao%2F%3Fpage%3D2&het-phien=1"
    )
    assert page.context["next"] == "/thong-bao/?page=2"
    assert "những gì đã gõ vẫn được giữ" in page.content.decode()


def test_a_referer_from_elsewhere_is_not_a_way_back(client: Client) -> None:
    answer = client.post(
        reverse("journal:notices-read"), headers={"referer": "https://xau.example/"}
    )

    assert answer["Location"] == "/tai-khoan/dang-nhap/?het-phien=1"


@pytest.mark.parametrize("header", [{"hx-request": "true"}, {"accept": "application/json"}])
def test_a_script_gets_401_with_the_login(client: Client, header: dict[str, str]) -> None:
    answer = client.post(reverse("journal:notices-read"), headers=header)

    assert answer.status_code == 401
    assert answer["HX-Redirect"] == answer.json()["login"] == ("/tai-khoan/dang-nhap/?het-phien=1")


def test_templates_know_the_limit_as_data(log_in: LogIn, lan: User) -> None:
    page = log_in(lan).get(PROFILE).content.decode()

    assert f'data-idle-limit="{settings.IDLE_LIMIT_SECONDS}"' in page
    assert f'data-keep-alive-url="{KEEP_ALIVE}"' in page
