"""Inspections: what is looked at, what an answer and a finding must say, the table of states."""

from datetime import date

import pytest

from registry.domain.errors import RuleBroken
from scoring.domain.decision_states import DecisionKind
from scoring.domain.inspections import (
    INSPECTION,
    Answer,
    CheckItem,
    InspectionKind,
    InspectionMove,
    InspectionState,
    Proposal,
    check_answers,
    check_finding,
    checklist,
)
from scoring.domain.rubric import Criterion, Option, Part, Rubric, Section

MARK = CheckItem("mark", "Sử dụng nhãn", "Điều 9")
VISITED = date(2026, 11, 20)


def rubric(**gates: int) -> Rubric:
    """One criterion with 0, 2 and 4 points; `two=3` marks the second as the least for 3 stars."""
    options = tuple(
        Option(f"x/1.1/{points}", points, f"{points} điểm", min_for_star=gates.get(word))
        for word, points in (("none", 0), ("two", 2), ("four", 4))
    )
    criterion = Criterion("1.1", "Nguyên liệu", 4, "Phụ lục II", options)
    return Rubric(
        "x", 1, "X", "", "", (Part("A", "A", 4, (Section("1", "Tổ chức", 4, (criterion,)),)),)
    )


@pytest.mark.parametrize(
    ("gates", "stars", "lines"),
    [
        ({}, 3, ["1 Tổ chức"]),
        ({"two": 3}, 3, ["1.1 Nguyên liệu: 2 điểm"]),
        ({"two": 3, "four": 5}, 4, ["1.1 Nguyên liệu: 2 điểm"]),
        ({"two": 3, "four": 5}, 5, ["1.1 Nguyên liệu: 4 điểm"]),
    ],
)
def test_the_checklist_asks_what_the_stars_need_then_the_use_of_the_mark(
    gates: dict[str, int], stars: int, lines: list[str]
) -> None:
    found = checklist(rubric(**gates), stars, [MARK])

    assert [item.text for item in found] == [*lines, "Sử dụng nhãn"]


def test_every_line_needs_an_answer() -> None:
    other = CheckItem("c-1.1", "Nguyên liệu", "")

    check_answers([MARK], {"mark": Answer.KEPT})
    with pytest.raises(RuleBroken, match="Nguyên liệu"):
        check_answers([MARK, other], {"mark": Answer.NOT_SEEN})


@pytest.mark.parametrize(
    ("text", "due_on", "proposal", "has_ground", "field"),
    [
        (" ", VISITED, Proposal.NONE, False, "text"),
        ("Sai nhãn", None, Proposal.NONE, False, "due_on"),
        ("Sai nhãn", date(2026, 11, 19), Proposal.NONE, False, "due_on"),
        ("Sai nhãn", None, Proposal.REVOKE, False, "ground"),
        ("Sai nhãn", VISITED, Proposal.NONE, False, ""),
        ("Sai nhãn", None, Proposal.SUSPEND, True, ""),
    ],
)
def test_a_finding_says_what_until_when_and_on_what_ground(
    text: str, due_on: date | None, proposal: Proposal, *, has_ground: bool, field: str
) -> None:
    refused = ""
    try:
        check_finding(
            text, due_on=due_on, visited_on=VISITED, proposal=proposal, has_ground=has_ground
        )
    except RuleBroken as refusal:
        refused = refusal.field

    assert refused == field


@pytest.mark.parametrize("state", InspectionState)
@pytest.mark.parametrize("move", InspectionMove)
def test_the_table_of_an_inspection(state: InspectionState, move: InspectionMove) -> None:
    leads = {
        (InspectionState.ORDERED, InspectionMove.RECORD): InspectionState.RECORDED,
        (InspectionState.ORDERED, InspectionMove.CANCEL): InspectionState.CANCELLED,
        (InspectionState.RECORDED, InspectionMove.CLOSE): InspectionState.CLOSED,
    }
    facts = frozenset({"settled", "reason"})

    possible = {each.move for each in INSPECTION.moves_from(state, facts) if each.is_possible}

    assert (move in possible) == ((state, move) in leads)
    if move in possible:
        assert INSPECTION.decide(state, move, facts) is leads[state, move]


@pytest.mark.parametrize("words", [InspectionKind, InspectionState, Answer, Proposal])
def test_every_word_has_its_label(
    words: type[InspectionKind | InspectionState | Answer | Proposal],
) -> None:
    assert all(label for _value, label in words.choices())
    assert len(words.choices()) == len(list(words))


def test_a_proposal_leads_to_its_decision_and_a_state_has_its_tone() -> None:
    assert [each.kind for each in Proposal] == [None, DecisionKind.SUSPEND, DecisionKind.REVOKE]
    assert [each.tone for each in InspectionState] == ["info", "warn", "good", "neutral"]
