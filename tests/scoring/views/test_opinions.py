"""The adviser's page, and where the council reads what was said."""

import pytest
import time_machine
from django.urls import reverse

from scoring.domain.council import Seat
from scoring.models import AgendaItem, CouncilMember, Opinion
from scoring.selectors.rubrics import rubric_of
from scoring.services import councils
from tests.conftest import LogIn
from tests.factories import registry
from tests.factories import scoring as make
from tests.scoring.services.test_opinions import adviser, held, item

pytestmark = pytest.mark.django_db
__all__ = ["adviser", "held", "item"]


def test_an_adviser_writes_and_the_members_read_it_beside_the_criterion(
    log_in: LogIn, held: make.Room, adviser: CouncilMember, item: AgendaItem
) -> None:
    page = reverse("scoring:opinion", args=[item.pk])
    sheet = reverse("scoring:sheet-edit", args=[item.pk])
    first = rubric_of(item.edition).criteria[0]
    sent = {
        f"c-{first.code}": first.options[0].id,
        f"n-{first.code}": "Đã xem vườn chè",
        "visited_on": "2026-11-20",
        "visit_note": "Hai hộ liên kết đang thu hái",
        "supplements": "Phiếu kiểm nghiệm mới",
        "version": "0",
    }

    with time_machine.travel(make.MEETING, tick=False):
        browser, member = log_in(adviser.user), log_in(held.members[0].user)
        empty = browser.get(page).content.decode()
        offered = browser.get(item.get_absolute_url()).content.decode()
        browser.post(page, {**sent, "act": "save"})
        unseen = member.get(sheet).content.decode()
        browser.post(page, {**sent, "act": "submit", "version": "1"})
        kept = browser.get(page).content.decode()
        seen = member.get(sheet).content.decode()
        stale = browser.post(page, {**sent, "act": "submit", "version": "1", "visit_note": "Khác"})
        wrong = browser.post(page, {**sent, "visited_on": "hôm qua", "version": "2"})

    assert page in offered
    assert empty.count("Không nêu mức") == len(rubric_of(item.edition).criteria)
    assert "Đã xem vườn chè" not in unseen
    for text in ("Đã xem vườn chè", "Hai hộ liên kết đang thu hái", "Phiếu kiểm nghiệm mới"):
        assert text in kept
        assert text in seen
    assert str(adviser.user) in seen
    assert stale.status_code == 409
    assert "Khác" in stale.content.decode()
    assert wrong.status_code == 200
    assert "Đã xem vườn chè" in wrong.content.decode()
    assert Opinion.objects.get().version == 2


def test_who_is_no_adviser_finds_the_page_shut(
    log_in: LogIn, held: make.Room, adviser: CouncilMember, item: AgendaItem
) -> None:
    page = reverse("scoring:opinion", args=[item.pk])
    undeclared = councils.add_member(
        held.council,
        user=registry.person(),
        seat=Seat.ADVISER,
        by=held.officer,
        at=make.NOW,
    )

    with time_machine.travel(make.MEETING, tick=False):
        people = (held.chair.user, held.secretary.user, undeclared.user)
        statuses = [log_in(person).get(page).status_code for person in people]

    assert statuses == [403, 403, 404]
