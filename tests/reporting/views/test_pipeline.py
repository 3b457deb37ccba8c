"""Progress of the programme in a person's own area."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from cycle.domain.steps import Step
from cycle.models import Move
from ocop_portal.accounts.models import User
from tests.conftest import LogIn
from tests.factories import cycle
from tests.factories.registry import NOW

pytestmark = pytest.mark.django_db
PAGE = "/thong-ke/tien-do/"
FIGURE = re.compile(r'<td class="num"(?: data-label="[^"]+")?><a href="([^"]+)">(\d+)</a>')


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


def test_steps_tell_median_and_ninetieth_and_whom_dossiers_wait_for(
    provincial_officer: User, log_in: LogIn
) -> None:
    """Five products took 2, 3, 4, 5 and 20 days for the idea: the middle is 4, nine tenths 20."""
    for days in (2, 3, 4, 5, 20):
        row = cycle.enrolment(regime="2026", at=NOW)
        Move.objects.create(
            enrolment=row,
            name="enrolment.accept_idea",
            from_state=Step.IDEA,
            to_state=Step.PLAN,
            by=provincial_officer,
            at=NOW + timedelta(days=days),
        )
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        browser = log_in(provincial_officer)
        page = browser.get(PAGE).content.decode()
        cycle.lodged_dossier(regime="2026")
        later = browser.get(PAGE).content.decode()

    assert page.count('data-label="Thường mất (trung vị)">4 ngày</td>') == 1
    assert page.count('data-label="Chín phần mười không quá">20 ngày</td>') == 1
    assert "<strong>0</strong> Cơ quan tiếp nhận" in page
    assert "<strong>1</strong> Cơ quan tiếp nhận" in later
    assert "<strong>0</strong> Hội đồng" in later
