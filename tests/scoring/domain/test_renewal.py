"""Worked figures: when a certificate's product may be evaluated anew."""

from dataclasses import replace
from datetime import date

import pytest

from scoring.domain.renewal import RenewalPhase, renewal_on
from tests.registry.domain.tables import regime

ENDS = date(2029, 7, 1)


@pytest.mark.parametrize(
    ("on", "phase", "is_open"),
    [
        (date(2029, 1, 1), RenewalPhase.EARLY, False),
        (date(2029, 1, 2), RenewalPhase.OPEN, True),  # 180 days before
        (date(2029, 3, 3), RenewalPhase.OPEN, True),  # 120 days before
        (date(2029, 3, 4), RenewalPhase.MISSED, False),
        (date(2029, 7, 1), RenewalPhase.MISSED, False),
        (date(2029, 7, 2), RenewalPhase.OVER, True),
    ],
)
def test_window_of_2026_is_counted_back_from_the_last_day(
    on: date, phase: RenewalPhase, is_open: bool
) -> None:
    found = renewal_on(regime("2026"), ENDS, on)

    assert (found.phase, found.is_open, found.is_bound) == (phase, is_open, True)
    assert (found.window.opens_on, found.window.closes_on) == (date(2029, 1, 2), date(2029, 3, 3))


@pytest.mark.parametrize(
    ("on", "phase"),
    [
        (date(2028, 6, 30), RenewalPhase.EARLY),
        (date(2028, 7, 1), RenewalPhase.OPEN),  # the first reminder, 365 days before
        (date(2029, 7, 1), RenewalPhase.OPEN),
        (date(2029, 7, 2), RenewalPhase.OVER),
    ],
)
def test_decree_without_a_window_leaves_it_open_from_the_first_reminder(
    on: date, phase: RenewalPhase
) -> None:
    found = renewal_on(regime("2019"), ENDS, on)

    assert (found.phase, found.is_bound) == (phase, False)


def test_window_is_the_regimes_own_figure() -> None:
    law = regime("2026")
    assert law.renewal is not None
    other = replace(law, renewal=replace(law.renewal, opens_days=90, closes_days=60))

    found = renewal_on(other, ENDS, date(2029, 4, 2))

    assert found.phase is RenewalPhase.OPEN
    assert found.window.closes_on == date(2029, 5, 2)
