from datetime import UTC, datetime, timedelta

import pytest

from registry.domain.errors import RuleBroken
from scoring.domain.sequence import require_in_order

OPENED = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("minutes", [-5, 0, 60])
def test_what_follows_or_is_five_minutes_off_at_most_is_accepted(minutes: int) -> None:
    require_in_order(OPENED + timedelta(minutes=minutes), since=OPENED)


def test_nothing_comes_before_the_first_act() -> None:
    require_in_order(OPENED, since=None)


@pytest.mark.parametrize("minutes", [6, 60])
def test_what_would_stand_before_the_act_it_follows_is_refused(minutes: int) -> None:
    with pytest.raises(RuleBroken, match=r"^clock\.behind: ") as refused:
        require_in_order(OPENED - timedelta(minutes=minutes), since=OPENED)

    assert f"{minutes} phút" in refused.value.text
