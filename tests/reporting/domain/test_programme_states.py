"""The tables of reports and plans: every state × move is in the table and works, or is refused."""

from datetime import date
from enum import StrEnum

import pytest

from registry.domain.errors import RuleBroken
from registry.domain.machine import Machine
from reporting.domain.plan_states import PLAN, PlanMove, PlanState, check_aims, check_year
from reporting.domain.report_states import (
    REPORT,
    ReportMove,
    ReportState,
    RequestKind,
    is_overdue,
)

FACTS = frozenset({"words", "reason", "paper", "contents"})
REPORT_WAYS = {
    (ReportState.ASKED, ReportMove.SEND): ReportState.SENT,
    (ReportState.RETURNED, ReportMove.SEND): ReportState.SENT,
    (ReportState.SENT, ReportMove.RECEIVE): ReportState.RECEIVED,
    (ReportState.SENT, ReportMove.RETURN): ReportState.RETURNED,
    (ReportState.ASKED, ReportMove.CANCEL): ReportState.CANCELLED,
    (ReportState.RETURNED, ReportMove.CANCEL): ReportState.CANCELLED,
}
PLAN_WAYS = {
    (PlanState.DRAFT, PlanMove.APPROVE): PlanState.APPROVED,
    (PlanState.APPROVED, PlanMove.REPLACE): PlanState.REPLACED,
}


def ways(
    machine: Machine, states: type[StrEnum], moves: type[StrEnum]
) -> dict[tuple[StrEnum, StrEnum], StrEnum]:
    """Every pair that the machine lets through; the others are refused from that state."""
    found = {}
    for state in states:
        for offer in machine.moves_from(state, FACTS):
            if offer.refusal is None:
                found[state, offer.move] = machine.decide(state, offer.move, FACTS)
            else:
                assert offer.refusal.code.endswith("not_from_here")
    assert {row.move for row in machine.rows} == set(moves)
    return found


def test_every_state_and_move_of_a_report() -> None:
    assert ways(REPORT, ReportState, ReportMove) == REPORT_WAYS


def test_every_state_and_move_of_a_plan() -> None:
    assert ways(PLAN, PlanState, PlanMove) == PLAN_WAYS


@pytest.mark.parametrize(
    ("machine", "state", "move", "facts", "code"),
    [
        (REPORT, ReportState.ASKED, ReportMove.SEND, set(), "province_report.needs_words"),
        (REPORT, ReportState.SENT, ReportMove.RETURN, set(), "province_report.needs_reason"),
        (REPORT, ReportState.ASKED, ReportMove.CANCEL, set(), "province_report.needs_reason"),
        (PLAN, PlanState.DRAFT, PlanMove.APPROVE, {"contents"}, "province_plan.needs_paper"),
        (PLAN, PlanState.DRAFT, PlanMove.APPROVE, {"paper"}, "province_plan.needs_contents"),
    ],
)
def test_move_without_what_it_needs_is_refused(
    machine: Machine, state: ReportState, move: ReportMove, facts: set[str], code: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        machine.decide(state, move, frozenset(facts))

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("state", "on", "late"),
    [
        (ReportState.ASKED, date(2026, 12, 15), False),
        (ReportState.ASKED, date(2026, 12, 16), True),
        (ReportState.RETURNED, date(2026, 12, 16), True),
        (ReportState.SENT, date(2026, 12, 16), False),
        (ReportState.RECEIVED, date(2027, 1, 1), False),
        (ReportState.CANCELLED, date(2027, 1, 1), False),
    ],
)
def test_report_is_late_after_its_day_while_the_province_owes_it(
    state: ReportState, on: date, late: bool
) -> None:
    assert is_overdue(state, date(2026, 12, 15), on) is late


@pytest.mark.parametrize("year", [2017, 2101])
def test_plan_of_a_year_outside_the_programme_is_refused(year: int) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_year(year)

    assert refusal.value.code == "plan.year"


def test_aims_are_whole_numbers_of_known_indicators() -> None:
    check_year(2018)
    check_aims({"products": 0}, frozenset({"products"}))
    for aims in ({"products": -1}, {"unknown": 1}):
        with pytest.raises(RuleBroken):
            check_aims(aims, frozenset({"products"}))


def test_states_have_words_and_a_tone() -> None:
    for states in (ReportState, PlanState):
        assert all(state.label and state.tone for state in states)
        assert len(states.choices()) == len(states)
    assert len(RequestKind.choices()) == len(RequestKind)
