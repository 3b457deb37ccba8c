"""The days on which a product held its star."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from promotion.domain.recognition import (
    Change,
    Held,
    Run,
    Span,
    changed_from,
    spans,
    spans_in_turn,
)

ISSUED = date(2024, 1, 10)
UNTIL = date(2027, 1, 9)


def day(month: int, number: int) -> date:
    return date(2025, month, number)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], [(ISSUED, UNTIL)]),
        ([Change(day(3, 5), "revoked")], [(ISSUED, day(3, 4))]),
        ([Change(day(3, 5), "superseded")], [(ISSUED, day(3, 4))]),
        (
            [Change(day(3, 5), "suspended"), Change(day(4, 1), "valid")],
            [(ISSUED, day(3, 4)), (day(4, 1), UNTIL)],
        ),
        (
            [Change(day(3, 5), "suspended"), Change(day(3, 5), "valid")],
            [(ISSUED, UNTIL)],
        ),
        (
            [Change(day(3, 5), "suspended"), Change(day(4, 1), "revoked")],
            [(ISSUED, day(3, 4))],
        ),
        ([Change(ISSUED, "revoked")], []),
        ([Change(date(2028, 1, 1), "revoked")], [(ISSUED, UNTIL)]),
        (
            [Change(day(3, 5), "suspended"), Change(date(2028, 1, 1), "valid")],
            [(ISSUED, day(3, 4))],
        ),
        ([Change(day(3, 5), "valid")], [(ISSUED, UNTIL)]),
    ],
)
def test_spans(changes: list[Change], expected: list[tuple[date, date]]) -> None:
    assert spans(ISSUED, UNTIL, changes) == tuple(Span(*ends) for ends in expected)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
@given(
    st.lists(
        st.builds(
            Change,
            st.integers(0, 1500).map(lambda days: ISSUED + timedelta(days=days)),
            st.sampled_from(["valid", "suspended"]),
        ),
        max_size=8,
    )
)
def test_spans_are_apart_in_order_and_within_validity(changes: list[Change]) -> None:
    found = spans(ISSUED, UNTIL, changes)

    assert all(ISSUED <= span.starts_on <= span.ends_on <= UNTIL for span in found)
    assert all(
        earlier.ends_on + timedelta(days=1) < later.starts_on for earlier, later in pairwise(found)
    )


def test_next_decision_ends_the_certificate_before_it() -> None:
    first = Held(ISSUED, UNTIL)
    second = Held(day(6, 1), date(2028, 5, 31))

    assert spans_in_turn([first, second]) == [
        (Span(ISSUED, day(5, 31)),),
        (Span(day(6, 1), date(2028, 5, 31)),),
    ]


def test_two_decisions_of_one_day_leave_the_later_one() -> None:
    assert spans_in_turn([Held(ISSUED, UNTIL), Held(ISSUED, UNTIL)]) == [
        (),
        (Span(ISSUED, UNTIL),),
    ]


def test_suspension_that_is_lifted_on_the_day_of_the_next_decision_stays_ended() -> None:
    lifted = (Change(day(3, 1), "suspended"), Change(day(6, 1), "valid"))

    assert spans_in_turn([Held(ISSUED, UNTIL, lifted), Held(day(6, 1), UNTIL)]) == [
        (Span(ISSUED, day(2, 28)),),
        (Span(day(6, 1), UNTIL),),
    ]


OLD = Run(date(2024, 1, 10), date(2027, 1, 9), (3,), (True, None))
CUT = Run(date(2024, 1, 10), date(2026, 4, 30), (3,), (False, date(2026, 5, 1)))
NEW = Run(date(2026, 5, 1), date(2029, 4, 30), (4,), (True, None))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([OLD], [OLD], None),
        ([], [OLD], OLD.starts_on),
        ([OLD], [], OLD.starts_on),
        ([OLD], [CUT, NEW], NEW.starts_on),
        ([CUT, NEW], [OLD], NEW.starts_on),
        ([OLD], [Run(OLD.starts_on, OLD.ends_on, (5,), OLD.ending)], OLD.starts_on),
        ([OLD], [Run(OLD.starts_on, OLD.ends_on, (3,), (False, None))], date(2027, 1, 10)),
    ],
)
def test_figures_differ_from_the_first_day_that_is_told_otherwise(
    before: list[Run], after: list[Run], expected: date | None
) -> None:
    assert changed_from(before, after) == expected
