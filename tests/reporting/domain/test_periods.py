"""Periods by name and by days."""

from datetime import date

import pytest

from registry.domain.errors import RuleBroken
from reporting.domain.periods import Period, PeriodKind, check_period, last_full, period_of


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        (PeriodKind.FIRST_HALF, date(2026, 1, 1), date(2026, 6, 30)),
        (PeriodKind.SECOND_HALF, date(2026, 7, 1), date(2026, 12, 31)),
        (PeriodKind.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_period_when_named_then_its_days_and_its_name_again(
    kind: PeriodKind, first: date, last: date
) -> None:
    period = period_of(kind, 2026)

    assert period == Period(first, last)
    assert period.kind is kind


def test_period_of_any_days() -> None:
    period = Period(date(2026, 3, 1), date(2026, 3, 31))

    assert period.kind is PeriodKind.DAYS
    assert period.day_before == date(2026, 2, 28)
    with pytest.raises(ValueError, match="first and last"):
        period_of(PeriodKind.DAYS, 2026)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2026, 3, 2), date(2026, 3, 1), "period.order"),
        (date(2016, 12, 31), date(2026, 1, 1), "period.too_long"),
    ],
)
def test_period_when_it_cannot_be_then_refused(first: date, last: date, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_period(Period(first, last))

    assert refusal.value.code == code


def test_period_of_one_day_and_of_ten_years_stand() -> None:
    check_period(Period(date(2026, 3, 1), date(2026, 3, 1)))
    check_period(Period(date(2017, 1, 1), date(2026, 12, 31)))


@pytest.mark.parametrize(
    ("kind", "on", "expected"),
    [
        (PeriodKind.FIRST_HALF, date(2026, 6, 30), period_of(PeriodKind.FIRST_HALF, 2025)),
        (PeriodKind.FIRST_HALF, date(2026, 7, 1), period_of(PeriodKind.FIRST_HALF, 2026)),
        (PeriodKind.YEAR, date(2026, 11, 26), period_of(PeriodKind.YEAR, 2025)),
    ],
)
def test_last_full_period(kind: PeriodKind, on: date, expected: Period) -> None:
    assert last_full(kind, on) == expected


def test_kinds_have_words() -> None:
    assert [label for _value, label in PeriodKind.choices()] == [
        "6 tháng đầu năm",
        "6 tháng cuối năm",
        "Cả năm",
        "Từ ngày đến ngày",
    ]
