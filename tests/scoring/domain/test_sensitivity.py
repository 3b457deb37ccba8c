import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.domain.gates import GateFinding
from scoring.domain.sensitivity import sensitivity
from scoring.domain.stars import Mean, award, mean_of
from tests.scoring.domain.tables import BANDS

OPEN = [GateFinding("1", star, met=True) for star in (3, 4, 5)]


def test_the_sheet_that_lifts_the_mean_into_its_band_is_named() -> None:
    """71, 70 and 69: without the 71 the mean is 69.5, three stars."""
    found = sensitivity([71, 70, 69], OPEN, BANDS)

    assert found.stars == 4
    assert [(each.place, each.total, each.mean, each.stars) for each in found.without] == [
        (0, 71, Mean(139, 2), 3),
        (1, 70, Mean(140, 2), 4),
        (2, 69, Mean(141, 2), 4),
    ]
    assert [each.place for each in found.flipping] == [0]
    assert found.is_fragile


def test_distances_are_exact_fractions() -> None:
    found = sensitivity([70, 69, 70], OPEN, BANDS)

    assert (found.above_lower, found.below_upper) == (Mean(59, 3), Mean(1, 3))
    assert found.nearest == Mean(1, 3)


@pytest.mark.parametrize(
    ("totals", "lower", "upper"),
    [([90], 0, None), ([100], 10, None), ([29], None, 1), ([0], None, 30), ([50], 0, 20)],
)
def test_the_ends_of_the_scale_have_one_neighbour(
    totals: list[int], lower: int | None, upper: int | None
) -> None:
    found = sensitivity(totals, OPEN, BANDS)

    assert found.above_lower == (None if lower is None else Mean(lower, 1))
    assert found.below_upper == (None if upper is None else Mean(upper, 1))
    assert (found.without, found.is_fragile) == ((), False)


def test_a_shut_gate_stays_shut_without_a_sheet() -> None:
    shut = [*OPEN, GateFinding("2", 4, met=False)]

    found = sensitivity([72, 74, 76], shut, BANDS)

    assert found.stars == 3
    assert {each.stars for each in found.without} == {3}


@settings(max_examples=30)
@given(totals=st.lists(st.integers(0, 100), min_size=2, max_size=6))
def test_every_sheet_is_left_out_once_and_the_distances_span_the_band(totals: list[int]) -> None:
    found = sensitivity(totals, OPEN, BANDS)

    assert [each.total for each in found.without] == totals
    for each in found.without:
        rest = totals[: each.place] + totals[each.place + 1 :]
        assert each.stars == award(mean_of(rest), OPEN, BANDS).stars
    if found.above_lower and found.below_upper:
        assert found.above_lower.points + found.below_upper.points == 20 * len(totals)
