"""Thirty-six months, exactly."""

from datetime import date

import pytest

from scoring.domain.validity import valid_until


@pytest.mark.parametrize(
    ("issued_on", "months", "last_day"),
    [
        (date(2026, 1, 15), 36, date(2029, 1, 15)),
        (date(2026, 12, 31), 36, date(2029, 12, 31)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2025, 2, 28), 36, date(2028, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_a_term_ends_with_its_corresponding_day(
    issued_on: date, months: int, last_day: date
) -> None:
    assert valid_until(issued_on, months) == last_day


def test_a_term_of_no_months_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one month"):
        valid_until(date(2026, 1, 1), 0)
