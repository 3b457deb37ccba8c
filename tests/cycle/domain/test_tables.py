"""Every state with every move of every table: in the table it works, else it raises."""

from typing import Any

import pytest

from cycle.domain import dossier as dossier_rules
from cycle.domain.appraisal import IDEA, PLAN, AppraisalMove, AppraisalState, ProductCriterion
from cycle.domain.dossier import DossierMove, DossierState
from cycle.domain.journey import JOURNEY, EnrolmentKind, JourneyMove
from cycle.domain.steps import Step
from registry.domain.errors import RuleBroken
from registry.domain.machine import Machine, Transition
from registry.domain.regime import Level

# Only an idea is written by an officer for its subject.
ASSISTED_MOVES = {AppraisalMove.PREPARE, AppraisalMove.REOPEN}
TABLES: list[Any] = [
    (JOURNEY, Step, JourneyMove),
    (IDEA, AppraisalState, AppraisalMove),
    (PLAN, AppraisalState, [move for move in AppraisalMove if move not in ASSISTED_MOVES]),
    (dossier_rules.table(Level.COMMUNE), DossierState, DossierMove),
    (dossier_rules.table(Level.PROVINCE), DossierState, DossierMove),
]
MOVES = [(machine, states, move) for machine, states, moves in TABLES for move in moves]


def row_of(machine: Machine, move: object) -> Transition:
    return next(row for row in machine.rows if row.move == move)


@pytest.mark.parametrize(("machine", "states", "move"), MOVES)
def test_a_move_works_from_its_states_and_raises_from_all_others(
    machine: Any, states: Any, move: Any
) -> None:
    row = row_of(machine, move)
    facts = frozenset(row.needs)

    for state in states:
        if state in row.sources:
            assert machine.decide(state, move, facts) == row.target, state
            continue
        with pytest.raises(RuleBroken) as refusal:
            machine.decide(state, move, facts)
        assert refusal.value.code == f"{machine.name}.not_from_here", state
        assert state.label in refusal.value.text


@pytest.mark.parametrize(
    ("machine", "move", "need"),
    [
        (machine, row.move, need)
        for machine, _s, _m in TABLES
        for row in machine.rows
        for need in row.needs
    ],
)
def test_a_missing_fact_is_named(machine: Any, move: Any, need: str) -> None:
    row = row_of(machine, move)
    state = next(iter(row.sources))

    with pytest.raises(RuleBroken) as refusal:
        machine.decide(state, move, frozenset(row.needs) - {need})

    assert refusal.value.code == f"{machine.name}.needs_{need}"
    assert refusal.value.text == machine.needs[need]


def test_a_dossier_goes_to_the_commune_where_its_turn_is_there() -> None:
    ready = frozenset(dossier_rules.NEEDS)

    to_commune = dossier_rules.table("commune").decide(DossierState.DRAFT, DossierMove.LODGE, ready)
    straight = dossier_rules.table("district").decide(DossierState.DRAFT, DossierMove.LODGE, ready)

    assert (to_commune, straight) == (DossierState.AT_COMMUNE, DossierState.LODGED)


@pytest.mark.parametrize("state", DossierState)
def test_an_ended_dossier_goes_up_or_is_scored_again_and_nowhere_else(state: DossierState) -> None:
    machine = dossier_rules.table("province")
    facts = frozenset(dossier_rules.NEEDS)

    possible = {offer.move for offer in machine.moves_from(state, facts) if offer.is_possible}

    if state is DossierState.WITHDRAWN:
        assert possible == set()
    if state is DossierState.NOT_RECOGNISED:
        assert possible == {DossierMove.RESCORE}  # after a complaint that was found right
    if state is DossierState.RECOGNISED:
        assert possible == {DossierMove.FORWARD, DossierMove.RESCORE}
    assert state.is_ended == (state in dossier_rules.ENDED)
    assert state.is_open == (state in {DossierState.DRAFT, DossierState.RETURNED})


@pytest.mark.parametrize(
    "words",
    [
        Step,
        JourneyMove,
        EnrolmentKind,
        AppraisalState,
        AppraisalMove,
        ProductCriterion,
        DossierState,
        DossierMove,
    ],
)
def test_every_member_knows_its_label(words: Any) -> None:
    labels = [member.label for member in words]

    assert all(labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    "words", [Step, EnrolmentKind, AppraisalState, ProductCriterion, DossierState]
)
def test_choices_are_values_with_labels(words: Any) -> None:
    assert words.choices() == [(member.value, member.label) for member in words]


def test_the_six_steps_follow_one_another() -> None:
    assert [step.order for step in Step] == [1, 2, 3, 4, 5, 6]
    assert [step.successor for step in Step] == [*list(Step)[1:], None]


def test_only_a_first_evaluation_begins_with_an_idea() -> None:
    assert EnrolmentKind.FIRST.first_step is Step.IDEA
    assert EnrolmentKind.UPGRADE.first_step is Step.EVALUATION
    assert EnrolmentKind.RE_EVALUATION.first_step is Step.EVALUATION
    assert [kind.needs_recognition for kind in EnrolmentKind] == [False, True, True]
    assert AppraisalState.RETURNED.is_open
    assert not AppraisalState.SUBMITTED.is_open
