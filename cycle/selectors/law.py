"""The checklists and the working days, read once: the law as data."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import holidays

from cycle.domain.calendar import WorkingCalendar
from cycle.domain.checklist import Checklist, checklist_from
from registry.domain.errors import RuleBroken
from registry.domain.text import term

DEADLINES = Path(__file__).parent.parent / "data" / "deadlines.toml"
CHECKLIST_FILES = Path(__file__).parent.parent / "data" / "checklists"
FIRST_YEAR, LAST_YEAR = 2018, 2060


@cache
def checklist(regime: str) -> Checklist:
    """What a regime asks of a dossier; a regime without a list is refused."""
    file = CHECKLIST_FILES / f"{regime}.toml"
    if not regime.isalnum() or not file.is_file():
        raise RuleBroken(
            "checklist.unknown",
            term("Bộ quy định “%(regime)s” chưa có danh mục hồ sơ."),
            regime=regime,
        )
    return checklist_from(tomllib.loads(file.read_text(encoding="utf-8")))


@cache
def working_calendar() -> WorkingCalendar:
    """The public holidays of Vietnam with their substitute days, from a maintained library."""
    known = holidays.country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1))
    worked: set[date] = getattr(known, "weekend_workdays", set())
    return WorkingCalendar(holidays=frozenset(known), worked_weekends=frozenset(worked))


@cache
def promised_days() -> dict[str, int]:
    """The working days within which an office promises to answer, by the sort of question."""
    return {
        name: int(days)
        for name, days in tomllib.loads(DEADLINES.read_text(encoding="utf-8")).items()
    }


def promised_day(name: str, on: date) -> date:
    """The last day for the answer to what came in on a day."""
    return working_calendar().add_working_days(on, promised_days()[name])
