"""Windows and deadlines in working days (QĐ 26/2026, Điều 7: fifteen working days of the commune).

A deadline of n working days begins on the day after the event (Civil Code, Điều 147) and skips
Saturdays, Sundays and public holidays with their substitute days; a weekend that the Government
made a working day counts. The days themselves are handed in, and so is today.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from registry.domain.regime import Renewal

SATURDAY = 5
ONE_DAY = timedelta(days=1)
NO_DAYS: frozenset[date] = frozenset()


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked: public holidays, and weekends worked in exchange for them."""

    holidays: Container[date]
    worked_weekends: Container[date] = NO_DAYS

    def is_working_day(self, day: date) -> bool:
        if day in self.worked_weekends:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def add_working_days(self, day: date, count: int) -> date:
        """The last day of a deadline of `count` working days after `day`; 0 is the day itself."""
        if count < 0:
            raise ValueError("a deadline does not run backwards")
        while count:
            day += ONE_DAY
            count -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        span = (end - start).days
        return sum(self.is_working_day(start + ONE_DAY * step) for step in range(1, span + 1))


@dataclass(frozen=True)
class Window:
    """From a day to a day, both included."""

    opens_on: date
    closes_on: date

    def is_open(self, on: date) -> bool:
        return self.opens_on <= on <= self.closes_on


@dataclass(frozen=True)
class FilingWindow:
    """The days on which a re-evaluation may be filed, both included."""

    opens_on: date
    closes_on: date
    ends_on: date

    def has_ended(self, on: date) -> bool:
        """Whether the recognition that was to be kept is over."""
        return on > self.ends_on

    def is_open(self, on: date) -> bool:
        """Once the certificate has run out there is nothing left to be early or late for.

        The decree binds the filing to the days before the end (Điều 7.6) and bars nobody whose
        recognition has ended from being evaluated again: such a dossier is taken while its round
        is open, and the product is not recognised in between (docs/decisions/0010).
        """
        return self.opens_on <= on <= self.closes_on or self.has_ended(on)


def filing_window(renewal: Renewal, ends_on: date) -> FilingWindow:
    """QĐ 26/2026, Điều 7.6: not earlier and not later than so many days before the end."""
    return FilingWindow(
        opens_on=ends_on - timedelta(days=renewal.opens_days),
        closes_on=ends_on - timedelta(days=renewal.closes_days),
        ends_on=ends_on,
    )
