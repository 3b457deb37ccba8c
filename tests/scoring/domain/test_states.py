"""Every state with every move: in the table it works, out of it it is refused."""

from datetime import date, timedelta
from enum import StrEnum

import pytest

from registry.domain.errors import RuleBroken
from registry.domain.machine import Machine
from scoring.domain.certificate_states import (
    CERTIFICATE,
    CertificateState,
    CertificateStatus,
    RevocationGround,
    status_on,
)
from scoring.domain.complaint_states import COMPLAINT, ComplaintState
from scoring.domain.decision_states import DECISION, DecisionState
from scoring.domain.lower_choice import LowerChoiceKind
from scoring.domain.session_states import ITEM, SESSION, ItemState, SessionState

TABLES: list[tuple[Machine, type[StrEnum]]] = [
    (SESSION, SessionState),
    (ITEM, ItemState),
    (DECISION, DecisionState),
    (CERTIFICATE, CertificateState),
    (COMPLAINT, ComplaintState),
]
MOVES = [
    pytest.param(table, states, row.move, id=f"{table.name}-{row.move}")
    for table, states in TABLES
    for row in table.rows
]


@pytest.mark.parametrize(("table", "states", "move"), MOVES)
def test_a_move_works_where_the_table_says_so_and_nowhere_else(
    table: Machine, states: type[StrEnum], move: StrEnum
) -> None:
    row = next(row for row in table.rows if row.move is move)

    for state in states:
        if state in row.sources:
            assert table.decide(state, move, frozenset(row.needs)) is row.target, state
            continue
        with pytest.raises(RuleBroken, match=f"^{table.name}\\.not_from_here"):
            table.decide(state, move, frozenset(row.needs))


NEEDS = [
    pytest.param(table, row.move, need, id=f"{table.name}-{row.move}-{need}")
    for table, _states in TABLES
    for row in table.rows
    for need in row.needs
]


@pytest.mark.parametrize(("table", "move", "need"), NEEDS)
def test_a_missing_fact_is_named(table: Machine, move: StrEnum, need: str) -> None:
    row = next(row for row in table.rows if row.move is move)
    known = frozenset(row.needs) - {need}

    with pytest.raises(RuleBroken, match=f"^{table.name}\\.needs_{need}"):
        table.decide(next(iter(row.sources)), move, known)


@pytest.mark.parametrize(
    "names",
    [
        SessionState,
        ItemState,
        DecisionState,
        CertificateState,
        RevocationGround,
        LowerChoiceKind,
    ],
)
def test_every_name_has_its_vietnamese_words(names: type[SessionState]) -> None:
    assert [value for value, _label in names.choices()] == [name.value for name in names]
    assert all(label for _value, label in names.choices())


def test_a_status_has_words_and_a_tone() -> None:
    assert all(status.label and status.tone for status in CertificateStatus)


def test_running_and_pending() -> None:
    assert [state for state in SessionState if state.is_running] == ["called", "opened"]
    assert [state for state in ItemState if state.is_pending] == ["listed", "scoring"]


def test_the_clock_ends_a_valid_certificate_and_a_decision_beats_the_clock() -> None:
    last = date(2029, 3, 1)
    after = last + timedelta(days=1)

    assert status_on(CertificateState.VALID, last, last) is CertificateStatus.VALID
    assert status_on(CertificateState.VALID, last, after) is CertificateStatus.EXPIRED
    assert status_on(CertificateState.REVOKED, last, after) is CertificateStatus.REVOKED


def test_a_decision_is_final_once_signed_or_recorded_from_paper() -> None:
    final = {state for state in DecisionState if state.is_final}

    assert final == {DecisionState.SIGNED, DecisionState.RECORDED}
