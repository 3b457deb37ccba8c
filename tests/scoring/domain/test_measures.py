"""What an authority must say before it takes force from a certificate, or gives it back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from registry.domain.errors import RuleBroken
from scoring.domain.certificate_states import RevocationGround
from scoring.domain.decision_states import DecisionKind, DecisionState
from scoring.domain.measures import Case, check_case, is_measure, last_day, takes_force_away

TODAY = date(2026, 11, 26)
CASE = Case("Kiểm tra đột xuất", TODAY, next(iter(RevocationGround)), TODAY, "Chủ thể đồng ý")


def test_three_kinds_are_measures_and_two_take_force_away() -> None:
    assert [kind.value for kind in DecisionKind if is_measure(kind)] == [
        "suspend",
        "restore",
        "revoke",
    ]
    assert [kind.value for kind in DecisionKind if takes_force_away(kind)] == ["suspend", "revoke"]


@pytest.mark.parametrize("kind", [DecisionKind.SUSPEND, DecisionKind.RESTORE, DecisionKind.REVOKE])
def test_a_whole_case_is_not_refused(kind: DecisionKind) -> None:
    check_case(kind, CASE, on=TODAY)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"note": "  "}, "note"),
        ({"concluded_on": date(2026, 11, 27)}, "concluded_on"),
        ({"ground": None}, "ground"),
        ({"hearing_note": " "}, "hearing_note"),
    ],
)
def test_a_case_without_its_facts_is_refused(facts: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_case(DecisionKind.REVOKE, replace(CASE, **facts), on=TODAY)

    assert refusal.value.field == field


def test_restoring_needs_neither_ground_nor_hearing() -> None:
    check_case(DecisionKind.RESTORE, Case("Đã khắc phục", TODAY), on=TODAY)


def test_the_decision_is_due_so_many_days_after_the_conclusion() -> None:
    assert last_day(TODAY, 15) == date(2026, 12, 11)
    assert last_day(TODAY, None) is None


def test_decisions_offer_their_kinds_and_show_their_state() -> None:
    assert [value for value, _label in DecisionKind.choices()] == [
        each.value for each in DecisionKind
    ]
    assert all(kind.label for kind in DecisionKind)
    assert all(state.label and state.tone for state in DecisionState)
