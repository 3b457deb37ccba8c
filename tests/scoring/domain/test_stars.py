from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.domain.gates import GateFinding
from scoring.domain.stars import Mean, award, band_of, mean_of
from tests.scoring.domain.tables import BANDS, golden


def gates(*shut: int) -> tuple[GateFinding, ...]:
    """One gate for each star, those of `shut` not met."""
    return tuple(GateFinding(f"{star}.1", star, star not in shut) for star in (3, 4, 5))


@pytest.mark.parametrize("row", golden("worked_figures")["row"], ids=str)
def test_award_of_worked_figures(row: dict[str, Any]) -> None:
    mean = mean_of(row["sheets"])

    result = award(mean, gates(*row["shut"]), BANDS)

    assert mean.shown() == row["mean"]
    assert (result.stars, result.band) == (row.get("star"), row["band"])


@pytest.mark.parametrize(
    ("points", "sheets", "band"),
    [
        (0, 1, 1),
        (2999, 100, 1),
        (30, 1, 2),
        (3000, 100, 2),
        (4999, 100, 2),
        (50, 1, 3),
        (6999, 100, 3),
        (70, 1, 4),
        (8999, 100, 4),
        (90, 1, 5),
        (100, 1, 5),
    ],
)
def test_band_at_its_edges_is_exact(points: int, sheets: int, band: int) -> None:
    assert band_of(Mean(points, sheets), BANDS) == band


def test_award_names_every_shut_gate_up_to_the_band_lowest_first() -> None:
    findings = (*gates(5, 3), GateFinding("9", 4, met=False))

    result = award(Mean(75, 1), findings, BANDS)

    assert result.stars is None
    assert [(found.criterion, found.star) for found in result.held_back_by] == [
        ("3.1", 3),
        ("9", 4),
    ]


def test_award_below_three_stars_asks_no_gate() -> None:
    assert award(Mean(49, 1), gates(3, 4, 5), BANDS).held_back_by == ()


def test_mean_without_sheets_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        mean_of([])


@pytest.mark.parametrize(
    ("mean", "decimals", "shown"),
    [
        (Mean(209, 3), 2, "69,66"),
        (Mean(209, 3), 0, "69"),
        (Mean(8999, 100), 1, "89,9"),
        (Mean(180, 2), 2, "90"),
        (Mean(181, 2), 2, "90,5"),
        (Mean(9001, 100), 2, "90,01"),
    ],
)
def test_mean_is_shown_cut_off_never_rounded_up(mean: Mean, decimals: int, shown: str) -> None:
    assert mean.shown(decimals=decimals) == shown


findings = st.lists(
    st.builds(GateFinding, st.just("1"), st.sampled_from((3, 4, 5)), st.booleans()), max_size=6
)


@settings(max_examples=30)
@given(points=st.integers(0, 99), found=findings)
def test_one_more_point_never_lowers_the_recognised_star(
    points: int, found: list[GateFinding]
) -> None:
    def recognised(total: int) -> int:
        stars = award(Mean(total, 1), found, BANDS).stars
        return stars if stars and stars >= 3 else 0

    assert recognised(points + 1) >= recognised(points)


@settings(max_examples=30)
@given(totals=st.lists(st.integers(0, 100), min_size=1, max_size=9), found=findings)
def test_a_gate_never_raises_a_star(totals: list[int], found: list[GateFinding]) -> None:
    held = award(mean_of(totals), found, BANDS)
    free = award(mean_of(totals), (), BANDS)

    assert (held.stars or 0) <= (free.stars or 0)
    assert held.band == free.band == free.stars


@settings(max_examples=30)
@given(totals=st.lists(st.integers(0, 100), min_size=1, max_size=4), found=findings)
def test_the_order_of_sheets_does_not_matter(totals: list[int], found: list[GateFinding]) -> None:
    results = {award(mean_of(order), found, BANDS) for order in permutations(totals)}

    assert len(results) == 1


def test_the_place_on_a_scale_takes_a_point_for_the_comma() -> None:
    assert (Mean(209, 3).shown(), Mean(209, 3).position) == ("69,66", "69.66")
