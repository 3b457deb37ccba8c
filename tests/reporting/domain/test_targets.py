"""Targets: the worked figures, and what a file of them may not say."""

from datetime import date
from typing import Any

import pytest

from reporting.domain.targets import (
    Indicator,
    Measured,
    Progress,
    TargetStanding,
    TargetUnit,
    programme_from,
)

PRODUCTS = Indicator("products", "Sản phẩm", TargetUnit.COUNT, 10_000, "sản phẩm")
SHARE = Indicator("cooperatives", "HTX", TargetUnit.PERCENT, 40, "HTX", "chủ thể")
UNKNOWN, BELOW, MET = TargetStanding


@pytest.mark.parametrize(
    ("indicator", "measured", "standing", "tenths", "bar"),
    [
        (PRODUCTS, None, UNKNOWN, None, 0),
        (PRODUCTS, Measured(0), BELOW, None, 0),
        (PRODUCTS, Measured(9_999), BELOW, None, 999),
        (PRODUCTS, Measured(10_000), MET, None, 1000),
        (PRODUCTS, Measured(18_243), MET, None, 1000),
        (SHARE, None, UNKNOWN, None, 0),
        (SHARE, Measured(0, 0), UNKNOWN, None, 0),
        (SHARE, Measured(0, 5), BELOW, 0, 0),
        (SHARE, Measured(399, 1000), BELOW, 399, 997),
        (SHARE, Measured(400, 1000), MET, 400, 1000),
        (SHARE, Measured(2, 3), MET, 666, 1000),
        (SHARE, Measured(1, 3), BELOW, 333, 832),
    ],
)
def test_progress_of_the_worked_figures(
    indicator: Indicator,
    measured: Measured | None,
    standing: TargetStanding,
    tenths: int | None,
    bar: int,
) -> None:
    found = Progress(indicator, measured)

    assert (found.standing, found.tenths, found.bar) == (standing, tenths, bar)


def record(**changes: Any) -> dict[str, Any]:
    return {
        "code": "x",
        "name": "Chương trình",
        "decree": "Quyết định",
        "starts_on": date(2021, 1, 1),
        "ends_on": date(2025, 12, 31),
        "indicators": [
            {"code": "a", "label": "A", "unit": "count", "least": 1, "numerator": "a", **changes}
        ],
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "percent"},
        {"denominator": "b"},
        {"least": 0},
        {"most": 0},
        {"unit": "permille"},
    ],
)
def test_programme_whose_indicator_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        programme_from(record(**changes))


def test_programme_that_names_an_indicator_twice_is_refused() -> None:
    twice = record()
    twice["indicators"] *= 2

    with pytest.raises(ValueError, match="twice"):
        programme_from(twice)


@pytest.mark.parametrize(
    ("on", "is_over"),
    [(date(2024, 5, 1), False), (date(2025, 12, 31), False), (date(2026, 1, 1), True)],
)
def test_programme_is_over_after_its_last_day(on: date, is_over: bool) -> None:
    assert programme_from(record()).is_over(on) is is_over
