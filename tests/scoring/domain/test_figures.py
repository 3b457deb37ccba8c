"""Figures of a board."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.domain.figures import criterion_figures, figures_of

TOTALS = st.lists(st.integers(0, 100), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("totals", "mean", "median", "spread"),
    [
        ([89, 91], "90", "90", 2),
        ([72, 74, 76], "74", "74", 4),
        ([70, 69, 70], "69,66", "70", 1),
        ([60, 61, 75, 80], "69", "68", 20),
        ([50], "50", "50", 0),
    ],
)
def test_the_worked_figures(totals: list[int], mean: str, median: str, spread: int) -> None:
    found = figures_of(totals)

    assert (found.mean.shown(), found.median.shown(), found.spread) == (mean, median, spread)


@settings(max_examples=30)
@given(TOTALS)
def test_the_order_of_the_sheets_does_not_matter(totals: list[int]) -> None:
    assert figures_of(totals) == figures_of(list(reversed(totals)))


def test_a_criterion_shows_how_far_the_members_are_apart() -> None:
    (first, second) = criterion_figures(
        ("1.1", "1.2"), [{"1.1": 3, "1.2": 0}, {"1.1": 5, "1.2": 0}]
    )

    assert (first.mean.shown(), first.lowest, first.highest, first.deviation) == ("4", 3, 5, 2)
    assert second.deviation == 0
