"""The days of the demonstration, counted from the day on which it is made."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cycle.selectors.law import working_calendar
from registry.domain.clock import LEGAL_ZONE

LAST_WEEKDAY = 4


@dataclass(frozen=True)
class Calendar:
    """Moments in office hours, `days` before the day of making."""

    today: date

    def day(self, ago: int) -> date:
        """The working day at or before so many days ago; day 0 is today whatever it is."""
        found = self.today - timedelta(days=ago)
        while ago and not _is_working_day(found):
            found -= timedelta(days=1)
        return found

    def at(self, ago: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment of that day in Vietnam."""
        return datetime.combine(self.day(ago), time(hour, minute), tzinfo=LEGAL_ZONE)


def _is_working_day(day: date) -> bool:
    return working_calendar().is_working_day(day)
