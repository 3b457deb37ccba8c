"""Returning an idea or a plan item by item: what is named, what is refused, what is remembered."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cycle.domain.corrections import CorrectionReason, Remark
from cycle.domain.paper_items import PaperKind
from cycle.models import BusinessPlan, Correction, Idea
from cycle.selectors import corrections_of
from cycle.services import ideas, plans
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from tests.factories import cycle
from tests.factories.cycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
LATER = NOW + timedelta(days=3)
NFD = "Ghi ro\u0303"  # “Ghi rõ” with a separate mark


def remark(note: str = "Ghi rõ", reason: str = "incomplete") -> Remark:
    return Remark(CorrectionReason(reason), note)


def test_a_second_request_for_an_item_stands_beside_the_first() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    officer, owner = cycle.appraiser_for(row), cycle.owner_of(row)
    first = {"market": remark(f" {NFD} "), "no_harm": remark("Nước thải?", "other")}
    idea = ideas.return_for_changes(row.idea, remarks=first, by=officer, at=NOW)
    idea = ideas.submit(idea, by=owner, at=LATER)

    second = {"market": remark("Số liệu năm 2020", "outdated")}
    ideas.return_for_changes(idea, remarks=second, by=officer, at=LATER)

    asked = corrections_of(row, PaperKind.IDEA)
    assert asked.returns == 2
    assert [(each.number, each.reason, each.note) for each in asked.of("market")] == [
        (2, "outdated", "Số liệu năm 2020"),
        (1, "incomplete", "Ghi rõ"),
    ]
    assert [each.number for each in asked.of("no_harm")] == [1]
    assert asked.of("difference") == []
    assert corrections_of(row, PaperKind.PLAN).returns == 0


def test_the_journal_tells_every_item() -> None:
    row = cycle.with_plan_submitted(cycle.enrolment())

    plans.return_for_changes(
        row.plan,
        reason="Gần được",
        remarks={"own_capital": remark("Kèm sao kê"), "goals": remark("Bao lâu?")},
        by=cycle.appraiser_for(row),
        at=NOW,
    )

    said = Entry.objects.filter(kind="cycle.plan.returned").get().facts["reason"]
    assert said.splitlines() == [
        "Gần được",
        "- Mục tiêu (Chưa đủ): Bao lâu?",
        "- Trong đó vốn tự có (đồng) (Chưa đủ): Kèm sao kê",
    ]
    assert BusinessPlan.objects.get().reason == said


@pytest.mark.parametrize(
    ("remarks", "code"),
    [
        ({}, "idea.needs_items_named"),
        ({"goals": remark()}, "correction.item"),
        ({"market": remark("  ")}, "correction.note"),
    ],
)
def test_a_return_that_names_nothing_leaves_nothing(remarks: dict[str, Remark], code: str) -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())

    with pytest.raises(RuleBroken, match=code):
        ideas.return_for_changes(row.idea, remarks=remarks, by=cycle.appraiser_for(row), at=NOW)

    assert Idea.objects.get().state == "submitted"
    assert Correction.objects.count() == 0


def test_pressing_twice_counts_one_return() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    officer = cycle.appraiser_for(row)

    for _press in range(2):
        ideas.return_for_changes(row.idea, remarks={"market": remark()}, by=officer, at=NOW)

    assert Correction.objects.get().number == 1


def test_only_the_appraiser_asks() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())

    with pytest.raises(PermissionDenied):
        ideas.return_for_changes(
            row.idea, remarks={"market": remark()}, by=cycle.owner_of(row), at=NOW
        )
