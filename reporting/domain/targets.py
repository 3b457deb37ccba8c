"""Programme targets: what a decision of the Prime Minister aims at, and how far it has come.

The programmes and their aims are data (`reporting/data/targets/`): Quyết định 490/QĐ-TTg for 2018
to 2020, Quyết định 919/QĐ-TTg for 2021 to 2025. Each indicator names in words the rows of its
numerator and of its denominator. A figure that nobody has recorded is unknown, which is not zero;
a share of nothing is unknown too. Shares are compared exactly and shown rounded down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from registry.domain.text import term

HUNDRED = 100


class TargetUnit(StrEnum):
    """Whether an aim is a number of things or a share of them in percent."""

    COUNT = "count"
    PERCENT = "percent"


class TargetStanding(StrEnum):
    """What a figure says of its aim."""

    UNKNOWN = "unknown"
    BELOW = "below"
    MET = "met"

    @property
    def label(self) -> str:
        return _LABELS[self]


@dataclass(frozen=True)
class Indicator:
    """One aim: at least `least` (and about up to `most`), in words, with its two kinds of rows.

    An indicator that `is_national` is not asked of a province.
    """

    code: str
    label: str
    unit: TargetUnit
    least: int
    numerator: str
    denominator: str = ""
    most: int | None = None
    is_national: bool = False


@dataclass(frozen=True)
class Programme:
    """A period of the programme with its indicators in their order; both days belong to it."""

    code: str
    name: str
    decree: str
    starts_on: date
    ends_on: date
    indicators: tuple[Indicator, ...]

    def is_over(self, on: date) -> bool:
        """After the last day a figure still tells how things stand, but judges nothing."""
        return on > self.ends_on


@dataclass(frozen=True)
class Measured:
    """What was counted; `denominator` where the indicator is a share."""

    numerator: int
    denominator: int | None = None


@dataclass(frozen=True)
class Progress:
    """An indicator with its figure; `measured` is None where nothing was recorded."""

    indicator: Indicator
    measured: Measured | None
    has_aim: bool = True

    @property
    def is_known(self) -> bool:
        if self.measured is None:
            return False
        return self.indicator.unit is TargetUnit.COUNT or bool(self.measured.denominator)

    @property
    def standing(self) -> TargetStanding:
        """Compared exactly: 399 of 1,000 is below 40 percent, 400 of 1,000 meets it."""
        if not self.is_known or self.measured is None:
            return TargetStanding.UNKNOWN
        reached, aim = self.measured.numerator, self.indicator.least
        if self.indicator.unit is TargetUnit.PERCENT:
            reached, aim = reached * HUNDRED, aim * (self.measured.denominator or 0)
        return TargetStanding.MET if reached >= aim else TargetStanding.BELOW

    @property
    def tenths(self) -> int | None:
        """The share in tenths of a percent, rounded down; None for a count or where unknown."""
        if self.indicator.unit is not TargetUnit.PERCENT or not self.is_known:
            return None
        measured = self.measured
        return measured.numerator * 1000 // measured.denominator if measured else None  # type: ignore[operator] # known means there is one

    @property
    def bar(self) -> int:
        """How much of the aim is reached, in tenths of a percent from 0 to 1,000."""
        if not self.is_known or self.measured is None:
            return 0
        if (tenths := self.tenths) is not None:
            return min(1000, tenths * HUNDRED // self.indicator.least)
        return min(1000, self.measured.numerator * 1000 // self.indicator.least)


def programme_from(record: Mapping[str, Any]) -> Programme:
    """A programme from its file; a share without a denominator in words is refused."""
    indicators = tuple(_indicator(each) for each in record["indicators"])
    if len({each.code for each in indicators}) != len(indicators):
        raise ValueError(f"{record['code']}: an indicator stands twice")
    return Programme(
        code=record["code"],
        name=record["name"],
        decree=record["decree"],
        starts_on=record["starts_on"],
        ends_on=record["ends_on"],
        indicators=indicators,
    )


def _indicator(record: Mapping[str, Any]) -> Indicator:
    found = Indicator(**{**record, "unit": TargetUnit(record["unit"])})
    if (found.unit is TargetUnit.PERCENT) != bool(found.denominator):
        raise ValueError(f"{found.code}: a share, and only a share, names its denominator")
    if found.least <= 0 or (found.most is not None and found.most < found.least):
        raise ValueError(f"{found.code}: the aim is no aim")
    return found


_LABELS = {
    TargetStanding.UNKNOWN: term("Chưa có số liệu"),
    TargetStanding.BELOW: term("Chưa đạt"),
    TargetStanding.MET: term("Đạt"),
}
