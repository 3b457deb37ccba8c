"""The time that a report tells of: half a year, a year, or any days from one to another.

Both days belong to the period. What stood at its beginning is what stood at the end of the day
before its first.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.text import term

LONGEST_YEARS = 10
ONE_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """How a period is named."""

    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"
    YEAR = "year"
    DAYS = "days"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


@dataclass(frozen=True)
class Period:
    """From the first day to the last."""

    first: date
    last: date

    @property
    def day_before(self) -> date:
        """The day at whose end the period begins."""
        return self.first - ONE_DAY

    @property
    def kind(self) -> PeriodKind:
        """The name that fits the days."""
        return next(
            (kind for kind in _ENDS if self == period_of(kind, self.first.year)), PeriodKind.DAYS
        )


def period_of(kind: PeriodKind, year: int) -> Period:
    """Half a year or a year; a period of any days has no year of its own: ValueError."""
    if kind is PeriodKind.DAYS:
        raise ValueError("any days are named by their first and last")
    (first_month, first_day), (last_month, last_day) = _ENDS[kind]
    return Period(date(year, first_month, first_day), date(year, last_month, last_day))


def check_period(period: Period) -> None:
    """In its order and no longer than ten years."""
    if period.last < period.first:
        raise RuleBroken(
            "period.order", term("Ngày cuối kỳ phải từ ngày đầu kỳ trở đi."), field="last"
        )
    if period.last.year - period.first.year >= LONGEST_YEARS:
        raise RuleBroken(
            "period.too_long",
            term("Một báo cáo nói về nhiều nhất %(most)s năm; hãy chọn kỳ ngắn hơn."),
            field="first",
            most=LONGEST_YEARS,
        )


def last_full(kind: PeriodKind, on: date) -> Period:
    """The latest period of this kind that has ended before the day."""
    this_year = period_of(kind, on.year)
    return this_year if this_year.last < on else period_of(kind, on.year - 1)


_ENDS = {
    PeriodKind.FIRST_HALF: ((1, 1), (6, 30)),
    PeriodKind.SECOND_HALF: ((7, 1), (12, 31)),
    PeriodKind.YEAR: ((1, 1), (12, 31)),
}
_LABELS = {
    PeriodKind.FIRST_HALF: term("6 tháng đầu năm"),
    PeriodKind.SECOND_HALF: term("6 tháng cuối năm"),
    PeriodKind.YEAR: term("Cả năm"),
    PeriodKind.DAYS: term("Từ ngày đến ngày"),
}
