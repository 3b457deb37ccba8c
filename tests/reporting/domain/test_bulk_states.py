"""The table of a bulk act: every move from every state."""

import pytest

from registry.domain.errors import RuleBroken
from reporting.domain.bulk_states import BULK, BulkMove, BulkState, RowOutcome

WAYS = {
    (BulkState.ASKING, BulkMove.CHECK): BulkState.CHECKING,
    (BulkState.READY, BulkMove.CHECK): BulkState.CHECKING,
    (BulkState.CHECKING, BulkMove.FIND): BulkState.READY,
    (BulkState.READY, BulkMove.CONFIRM): BulkState.RUNNING,
    (BulkState.RUNNING, BulkMove.FINISH): BulkState.DONE,
}


@pytest.mark.parametrize("state", list(BulkState))
@pytest.mark.parametrize("move", list(BulkMove))
def test_moves(state: BulkState, move: BulkMove) -> None:
    facts = frozenset({"possible"})
    if (state, move) in WAYS:
        assert BULK.decide(state, move, facts) is WAYS[state, move]
    else:
        with pytest.raises(RuleBroken):
            BULK.decide(state, move, facts)


def test_nothing_is_confirmed_where_nothing_is_possible() -> None:
    with pytest.raises(RuleBroken):
        BULK.decide(BulkState.READY, BulkMove.CONFIRM)


def test_words_and_tones() -> None:
    assert [state for state in BulkState if state.is_working] == [
        BulkState.CHECKING,
        BulkState.RUNNING,
    ]
    assert all(label for _value, label in [*BulkState.choices(), *RowOutcome.choices()])
    assert {outcome.tone for outcome in RowOutcome} == {"neutral", "info", "warn", "good", "bad"}
