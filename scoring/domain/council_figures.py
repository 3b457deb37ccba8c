"""What a council's work comes to: sheets, lateness, spread, complaints; whole numbers and shares.

For the chair and the office of the unit. Nothing here names a member or a sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SheetFact:
    """A sheet that was handed in: the legal day, and the day it was due on."""

    submitted_on: date
    due_on: date

    @property
    def days_late(self) -> int:
        return max((self.submitted_on - self.due_on).days, 0)


@dataclass(frozen=True)
class CouncilFigures:
    """`median_spread` and `widest_spread` are of the concluded results, None without any."""

    sessions: int
    results: int
    without_result: int
    sheets: int
    late_sheets: int
    most_days_late: int
    median_spread: int | None
    widest_spread: int | None
    reconciled: int
    complaints: int
    complaints_open: int
    complaints_granted: int


def late(sheets: Sequence[SheetFact]) -> tuple[int, int]:
    """How many sheets came after their day, and by how many days the latest did."""
    days = [sheet.days_late for sheet in sheets if sheet.days_late]
    return len(days), max(days, default=0)


def spreads(totals: Sequence[Sequence[int]]) -> tuple[int | None, int | None]:
    """The lower median and the largest of the spreads of several results."""
    found = sorted(max(each) - min(each) for each in totals if each)
    if not found:
        return None, None
    return found[(len(found) - 1) // 2], found[-1]
