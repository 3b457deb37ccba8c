"""Deadlines in working days, over Tết, year ends and substitute days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycle.domain.calendar import Window, WorkingCalendar

# Tết of the year Bính Ngọ: eve on Monday 16 February 2026; 30 April and 1 May; 24 November;
# Monday 31 August is off because Saturday 22 August is worked.
HOLIDAYS_2026 = frozenset(
    {
        date(2026, 1, 1),
        *(date(2026, 2, day) for day in range(16, 21)),
        date(2026, 4, 26),
        date(2026, 4, 27),
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 8, 31),
        date(2026, 9, 1),
        date(2026, 9, 2),
        date(2026, 11, 24),
        date(2027, 1, 1),
    }
)
CALENDAR = WorkingCalendar(HOLIDAYS_2026, frozenset({date(2026, 8, 22)}))
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 6, 1), 0, date(2026, 6, 1)),
        (date(2026, 6, 5), 1, date(2026, 6, 8)),  # Friday → Monday
        (date(2026, 6, 6), 1, date(2026, 6, 8)),  # Saturday → Monday
        (date(2026, 6, 1), 15, date(2026, 6, 22)),  # three weeks without a holiday
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # the Friday before Tết → the Monday after
        (date(2026, 2, 5), 15, date(2026, 3, 5)),  # five days of Tết within
        (date(2026, 4, 24), 5, date(2026, 5, 6)),  # Hùng Kings' day, 30 April and 1 May
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # a worked Saturday
        (date(2026, 8, 28), 1, date(2026, 9, 3)),  # off on Monday instead, then National Day
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # over the end of the year
    ],
)
def test_a_deadline_skips_what_is_not_worked(start: date, count: int, end: date) -> None:
    assert CALENDAR.add_working_days(start, count) == end
    assert CALENDAR.working_days_between(start, end) == count


def test_a_deadline_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        CALENDAR.add_working_days(date(2026, 6, 1), -1)


def test_days_between_are_counted_in_both_directions() -> None:
    assert CALENDAR.working_days_between(date(2026, 6, 8), date(2026, 6, 5)) == -1
    assert CALENDAR.working_days_between(date(2026, 6, 8), date(2026, 6, 8)) == 0


@given(day=DAYS, count=st.integers(0, 40))
def test_the_end_of_a_deadline_is_a_working_day_so_many_days_away(day: date, count: int) -> None:
    end = CALENDAR.add_working_days(day, count)

    assert CALENDAR.working_days_between(day, end) == count
    assert count == 0 or CALENDAR.is_working_day(end)


@given(first=DAYS, span=st.integers(0, 30), count=st.integers(0, 30))
def test_a_later_start_never_ends_earlier(first: date, span: int, count: int) -> None:
    later = first + timedelta(days=span)

    assert CALENDAR.add_working_days(first, count) <= CALENDAR.add_working_days(later, count)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_both_days_belong_to_a_window(day: date, is_open: bool) -> None:
    assert Window(date(2026, 5, 1), date(2026, 6, 30)).is_open(day) == is_open
