"""No page of the council's work is a dead end, and none leads its reader to a refusal."""

import re

import pytest
import time_machine
from django.test import Client

from tests.conftest import LogIn
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db


def ways_of(browser: Client, page: str) -> list[str]:
    """The portal's own addresses to which a page leads."""
    text = browser.get(page).content.decode()
    found = set(re.findall(r'<a [^>]*href="(/[^"#?]*)', text))
    return sorted(way for way in found if not way.endswith("/tep/"))


@pytest.fixture
def opened() -> tuple[make.Room, str, str]:
    dossier = make.accepted_dossier()
    room = make.room_for(dossier)
    item = make.item_of(make.opened(room, make.called(room, dossier)))
    return room, item.get_absolute_url(), dossier.get_absolute_url()


def test_a_member_is_led_to_no_page_that_is_shut_to_members(
    log_in: LogIn, opened: tuple[make.Room, str, str]
) -> None:
    room, item, dossier = opened
    browser = log_in(room.members[0].user)

    with time_machine.travel(make.NOW, tick=False):
        ways = ways_of(browser, item) + ways_of(browser, dossier)
        assert dossier in ways
        assert [way for way in ways if browser.get(way).status_code >= 400] == []


def test_an_office_without_a_seat_is_told_why_there_is_no_board_and_led_to_the_dossier(
    log_in: LogIn, opened: tuple[make.Room, str, str]
) -> None:
    room, item, dossier = opened
    browser = log_in(room.officer)

    with time_machine.travel(make.NOW, tick=False):
        page = browser.get(item).content.decode()
        assert "chỉ dành cho thành viên hội đồng" in page
        assert dossier in ways_of(browser, item)
