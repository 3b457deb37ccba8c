"""Events: days in order, who may apply, every move from every state, figures added up."""

from datetime import date, timedelta

import pytest

from promotion.domain.entries import ENTRY, EntryMove, EntryState, Outcome, Totals, totals
from promotion.domain.events import (
    EVENT,
    Days,
    EventKind,
    EventMove,
    EventState,
    check_application,
    check_days,
)
from promotion.domain.figures import check_figure
from registry.domain.errors import RuleBroken

TODAY = date(2026, 11, 20)
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("apply_by", "starts", "ends", "code"),
    [
        (0, 0, 0, None),
        (10, 20, 22, None),
        (10, 20, 79, None),
        (-1, 20, 22, "event.past_deadline"),
        (21, 20, 22, "event.deadline_after_start"),
        (10, 20, 19, "event.ends_before_start"),
        (10, 20, 80, "event.too_long"),
    ],
)
def test_days_when_called_then_in_order_or_refused(
    apply_by: int, starts: int, ends: int, code: str | None
) -> None:
    days = Days(*(TODAY + ONE * number for number in (apply_by, starts, ends)))

    if code is None:
        check_days(days, today=TODAY)
        return
    with pytest.raises(RuleBroken) as refused:
        check_days(days, today=TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("after", "today", "then", "code"),
    [
        (10, True, True, None),
        (11, True, True, "event.deadline_passed"),
        (5, False, True, "event.not_recognised"),
        (5, True, False, "event.expires_before"),
    ],
)
def test_application_when_judged_then_by_day_and_certificate(
    after: int, today: bool, then: bool, code: str | None
) -> None:
    days = Days(TODAY + ONE * 10, TODAY + ONE * 20, TODAY + ONE * 22)
    on = TODAY + ONE * after

    if code is None:
        check_application(days, on=on, holds_today=today, holds_then=then)
        return
    with pytest.raises(RuleBroken) as refused:
        check_application(days, on=on, holds_today=today, holds_then=then)
    assert refused.value.code == code


@pytest.mark.parametrize("move", list(EntryMove))
@pytest.mark.parametrize("state", list(EntryState))
def test_entry_when_moved_from_any_state_then_as_the_table_says(
    state: EntryState, move: EntryMove
) -> None:
    row = next(row for row in ENTRY.rows if row.move is move)

    if state in row.sources:
        assert ENTRY.decide(state, move, frozenset(row.needs)) is row.target
        if row.needs:
            with pytest.raises(RuleBroken):
                ENTRY.decide(state, move)
    else:
        with pytest.raises(RuleBroken):
            ENTRY.decide(state, move, frozenset(row.needs))


@pytest.mark.parametrize("move", list(EventMove))
@pytest.mark.parametrize("state", list(EventState))
def test_event_when_moved_from_any_state_then_as_the_table_says(
    state: EventState, move: EventMove
) -> None:
    row = next(row for row in EVENT.rows if row.move is move)

    if state in row.sources:
        assert EVENT.decide(state, move, frozenset(row.needs)) is row.target
    else:
        with pytest.raises(RuleBroken):
            EVENT.decide(state, move, frozenset(row.needs))


def test_totals_when_some_said_nothing_then_they_count_as_products_only() -> None:
    assert totals([Outcome(2, 12_500_000), None, Outcome(0, 500_000)]) == Totals(3, 2, 13_000_000)
    assert totals([None]) == Totals(1, None, None)
    assert totals([]) == Totals(0, None, None)


def test_figure_when_impossible_then_refused() -> None:
    check_figure(0, field="visitors", largest=10)
    for value in (-1, 11):
        with pytest.raises(RuleBroken, match=r"event\.figure"):
            check_figure(value, field="visitors", largest=10)


def test_words_when_shown_then_everything_has_a_label_and_a_tone() -> None:
    for state in [*EventState, *EntryState]:
        assert state.label
        assert state.tone
    assert len(EventKind.choices()) == len(EventKind) == 5
    assert len(EventState.choices()) + len(EntryState.choices()) == 9
