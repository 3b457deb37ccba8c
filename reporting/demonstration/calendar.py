"""The days of the demonstration, counted from the day on which it is made."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cycle.selectors.law import working_calendar
from registry.domain.clock import LEGAL_ZONE


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

    def with_notice(self, ago: int, *, called: int, working_days: int) -> int:
        """So many days ago, or later where holidays leave too little notice.

        A meeting is `called` days before its own day; a long holiday may swallow them all.
        """
        while self.day(ago) < self._earliest(ago + called, working_days):
            ago -= 1
        return ago

    def _earliest(self, ago: int, working_days: int) -> date:
        return working_calendar().add_working_days(self.day(ago), working_days)


def _is_working_day(day: date) -> bool:
    return working_calendar().is_working_day(day)
