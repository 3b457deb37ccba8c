"""Median and ninetieth percentile, by hand."""

from datetime import date

import pytest

from reporting.domain.spreads import Spread, spread, spreads_of_steps


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([1, 2, 3, 4], None),
        ([5, 1, 4, 2, 3], Spread(3, 5, 5)),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], Spread(5, 9, 10)),
        ([0, 0, 0, 0, 30], Spread(0, 30, 5)),
        (list(range(1, 21)), Spread(10, 18, 20)),
    ],
)
def test_spread(days: list[int], expected: Spread | None) -> None:
    assert spread(days) == expected


def test_spreads_of_steps_end_where_the_next_begins() -> None:
    openings = [
        (passage, step, date(2026, 1, 1 + day))
        for passage, took in enumerate([2, 3, 4, 5, 20])
        for step, day in (("idea", 0), ("plan", took))
    ]

    assert spreads_of_steps(openings) == {"idea": Spread(4, 20, 5)}
