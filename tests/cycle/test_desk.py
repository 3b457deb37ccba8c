"""What the cycle puts on the desk, into the menu and onto the page of a product."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cycle import desk
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from tests.factories import cycle, registry
from tests.factories.cycle import NOW

pytestmark = pytest.mark.django_db


def tasks(user: User, at: datetime = NOW) -> list[tuple[Any, ...]]:
    return [
        (str(task.label), task.title, task.due_on, task.tone) for task in desk.tasks_for(user, at)
    ]


def test_a_producer_is_told_the_next_thing() -> None:
    row = cycle.enrolment()
    owner = cycle.owner_of(row)
    name = row.product.name

    assert tasks(owner) == [("Ý tưởng sản phẩm", name, date(2026, 12, 31), "neutral")]
    row = cycle.with_plan_accepted(row)
    assert tasks(owner) == [("Triển khai phương án", name, date(2026, 12, 31), "neutral")]


def test_a_draft_is_due_when_its_round_closes() -> None:
    dossier = cycle.draft_dossier()
    name = dossier.enrolment.product.name

    assert tasks(cycle.owner_of(dossier.enrolment)) == [
        ("Hồ sơ đang soạn", name, date(2026, 12, 31), "neutral")
    ]


def test_an_overdue_report_is_marked() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    officer = cycle.officer_for(dossier.enrolment, Level.COMMUNE)
    title = f"{dossier.code} {dossier.enrolment.product.name}"
    due = date(2026, 12, 14)

    assert tasks(officer) == [("Báo cáo của UBND cấp xã", title, due, "neutral")]
    assert tasks(officer, NOW + timedelta(days=30))[0][3] == "bad"


def test_somebody_with_nothing_to_do_is_shown_the_open_rounds() -> None:
    user = registry.person()
    assert list(desk.suggestions_for(user, NOW)) == []

    cycle.season()

    assert [hint.url for hint in desk.suggestions_for(user, NOW)] == ["/chu-trinh/"]
    assert [item.url_name for item in desk.menu_for(user)] == ["cycle:index"]


def test_a_product_shows_its_passages_to_who_may_see_them() -> None:
    row = cycle.enrolment()
    officer = cycle.officer_for(row, Level.DISTRICT)

    for user, may in ((cycle.owner_of(row), True), (officer, False)):
        panel = desk.panel_of(row.product, user, NOW)
        assert panel is not None
        assert panel.context["enrolments"] == [row]
        assert bool(panel.context["may_enrol"]) is may
    assert desk.panel_of(row.product, registry.person(), NOW) is None
