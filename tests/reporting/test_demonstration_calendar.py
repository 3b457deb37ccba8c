"""The demonstration's days keep what the law asks, also around Tết."""

from datetime import date

from registry.domain.clock import LEGAL_ZONE
from reporting.demonstration.calendar import Calendar


def test_meeting_after_a_long_holiday_is_moved_until_there_was_notice() -> None:
    """Nine days without work end on 22 February 2026: a call eight days before gives no notice."""
    calendar = Calendar(date(2026, 11, 27))
    ago = (calendar.today - date(2026, 2, 22)).days

    moved = calendar.with_notice(ago, called=8, working_days=2)

    assert calendar.day(ago) == calendar.day(ago + 8) == date(2026, 2, 13)
    assert calendar.day(moved) == date(2026, 2, 24)
    assert calendar.at(moved).tzinfo == LEGAL_ZONE


def test_meeting_on_ordinary_days_stays() -> None:
    calendar = Calendar(date(2026, 11, 27))

    assert calendar.with_notice(60, called=8, working_days=2) == 60
