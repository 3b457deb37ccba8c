"""The table of a request for support, every state by every move."""

import pytest

from cycle.domain.support import (
    ANSWER,
    OUTCOME,
    PROVIDER,
    SUPPORT,
    SupportKind,
    SupportMove,
    SupportState,
)
from registry.domain.errors import RuleBroken

ALL = frozenset({ANSWER, PROVIDER, OUTCOME})
WAYS = {
    (SupportState.SENT, SupportMove.ANSWER): SupportState.ANSWERED,
    (SupportState.SENT, SupportMove.GRANT): SupportState.GRANTED,
    (SupportState.SENT, SupportMove.REFUSE): SupportState.REFUSED,
    (SupportState.ANSWERED, SupportMove.GRANT): SupportState.GRANTED,
    (SupportState.ANSWERED, SupportMove.REFUSE): SupportState.REFUSED,
    (SupportState.GRANTED, SupportMove.COMPLETE): SupportState.COMPLETED,
}


@pytest.mark.parametrize("state", SupportState)
@pytest.mark.parametrize("move", SupportMove)
def test_every_state_by_every_move(state: SupportState, move: SupportMove) -> None:
    if (state, move) in WAYS:
        assert SUPPORT.decide(state, move, ALL) == WAYS[state, move]
    else:
        with pytest.raises(RuleBroken, match=r"support\.not_from_here"):
            SUPPORT.decide(state, move, ALL)


@pytest.mark.parametrize(
    ("state", "move", "missing"),
    [
        (SupportState.SENT, SupportMove.ANSWER, ANSWER),
        (SupportState.SENT, SupportMove.GRANT, PROVIDER),
        (SupportState.SENT, SupportMove.REFUSE, ANSWER),
        (SupportState.GRANTED, SupportMove.COMPLETE, OUTCOME),
    ],
)
def test_what_each_move_needs(state: SupportState, move: SupportMove, missing: str) -> None:
    with pytest.raises(RuleBroken, match=f"needs_{missing}"):
        SUPPORT.decide(state, move, ALL - {missing})


def test_everything_has_a_label() -> None:
    assert all(each.label for enum in (SupportKind, SupportState, SupportMove) for each in enum)
    assert len(SupportKind.choices()) == 10
    assert len(SupportState.choices()) == 5
    assert [kind for kind in SupportKind if kind.needs_recognition] == [SupportKind.VALUE_CHAIN]
