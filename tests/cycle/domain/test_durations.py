"""The usual length of a step: silent below five passages, the median from then on."""

from datetime import date, timedelta

import pytest

from cycle.domain.durations import Typical, typical, typical_of_steps
from cycle.domain.steps import Step

START = date(2026, 1, 30)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([], None),
        ([1, 2, 3, 4], None),
        ([9, 1, 2, 3, 300], Typical(3, 5)),
        ([0, 0, 0, 0, 0], Typical(0, 5)),
        ([1, 2, 3, 4, 5, 6], Typical(4, 6)),
        ([2, 2, 4, 4, 9, 9], Typical(4, 6)),
    ],
)
def test_the_median_is_told_from_five_passages_on(days: list[int], told: Typical | None) -> None:
    assert typical(days) == told


def test_a_step_that_is_not_finished_counts_for_nothing() -> None:
    openings = []
    for passage in range(5):
        openings.append((passage, Step.IDEA, START))
        openings.append((passage, Step.PLAN, START + timedelta(days=passage)))
    openings.append((5, Step.IDEA, START))

    assert typical_of_steps(openings) == {Step.IDEA: Typical(2, 5)}
