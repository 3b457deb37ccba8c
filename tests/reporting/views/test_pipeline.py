"""Progress of the programme in a person's own area."""

import re
from html import unescape

import pytest
from django.test import Client

from ocop_portal.accounts.models import User
from tests.conftest import LogIn
from tests.factories import cycle

pytestmark = pytest.mark.django_db
PAGE = "/thong-ke/tien-do/"
FIGURE = re.compile(r'<td class="num"><a href="([^"]+)">(\d+)</a>')


def test_page_is_for_those_who_hold_an_office(
    client: Client, provincial_officer: User, producer: User, log_in: LogIn
) -> None:
    assert client.get(PAGE).status_code == 302
    assert log_in(producer).get(PAGE).status_code == 404
    page = log_in(provincial_officer).get(PAGE)
    assert page.status_code == 200
    assert "Đánh giá và phân hạng" in page.content.decode()


def test_every_figure_opens_a_list_of_that_length(provincial_officer: User, log_in: LogIn) -> None:
    cycle.enrolment(regime="2026")
    cycle.lodged_dossier(regime="2026")
    browser = log_in(provincial_officer)

    figures = FIGURE.findall(browser.get(PAGE).content.decode())

    assert len(figures) == 3
    for address, count in figures:
        led_to = browser.get(unescape(address))
        assert led_to.context["page_obj"].paginator.count == int(count), address
