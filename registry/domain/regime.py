"""A regime: one decree with its dates, its chain of levels, its bands, its maxima and its days.

The decrees differ in who scores first, who recognises which star and when a file goes up, so
none of that is written in code: a regime is read from `registry/data/regimes/<code>.toml`, and
a further decree is a further file. Bands are half-open intervals on the mean of the counted
sheets, which is kept as (sum, count) and compared exactly; nothing is ever rounded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.text import term


class Level(StrEnum):
    """A tier of the administration, from the smallest up."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    CENTRAL = "central"

    @property
    def label(self) -> str:
        return _LEVEL_LABELS[self]

    @property
    def rank(self) -> int:
        """0 for the commune, 3 for the country."""
        return list(Level).index(self)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(level.value, level.label) for level in cls]


class Division(StrEnum):
    """How the country is divided: with districts (to 30 June 2025) or without."""

    THREE_TIER = "three_tier"
    TWO_TIER = "two_tier"

    @property
    def label(self) -> str:
        return _DIVISION_LABELS[self]

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels below the country, largest first."""
        if self is Division.THREE_TIER:
            return (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
        return (Level.PROVINCE, Level.COMMUNE)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(division.value, division.label) for division in cls]


class Below(StrEnum):
    """What follows when a level that was asked for a higher star finds a mean under its band."""

    STANDS = "stands"  # the lower level's result stands
    LOWER_CHOOSES = "lower_chooses"  # the lower level uses this result, or scores again


@dataclass(frozen=True)
class Band:
    """The interval that begins at `at_least` (and ends where the next band begins)."""

    stars: int
    at_least: int


@dataclass(frozen=True)
class Body:
    """A council of a level in its order; the last one, whose code is empty, decides.

    `by_group` says that there is one for each group of products; under a mean of `pass_from` it
    does not pass the file on, and the level's own outcome follows from its result.
    """

    code: str
    name: str
    by_group: bool = False
    pass_from: int | None = None


@dataclass(frozen=True)
class Stage:
    """A level that scores: which stars it recognises, from which mean it sends the file up.

    `bodies` are its councils in the order in which they score; most levels have one.
    """

    level: Level
    recognises: tuple[int, ...]
    forward_from: int | None
    forward_after_recognition: bool
    below: Below | None
    bodies: tuple[Body, ...]

    def body(self, code: str) -> Body:
        """The council of a code; a code that the level does not have is refused."""
        for body in self.bodies:
            if body.code == code:
                return body
        raise RuleBroken(
            "regime.no_such_body",
            term("Theo bộ quy định này, %(level)s không có hội đồng loại đó."),
            level=self.level.label.lower(),
        )

    def body_after(self, code: str) -> Body | None:
        """The council that scores next at this level, or None after the one that decides."""
        following = self.bodies[self.bodies.index(self.body(code)) + 1 :]
        return following[0] if following else None


@dataclass(frozen=True)
class Window:
    """A yearly evaluation at a level, as (month, day): asked for by, ended by."""

    level: Level
    request_by: tuple[int, int]
    end_by: tuple[int, int]


@dataclass(frozen=True)
class Renewal:
    """When a re-evaluation may be filed, in days before the end of validity."""

    opens_days: int
    closes_days: int
    answer_within_days: int


@dataclass(frozen=True)
class ComplaintRules:
    """Within how many days a result may be complained about, and answered; calendar days."""

    window_days: int
    answer_days: int
    complex_days: int
    law: str


@dataclass(frozen=True)
class Regime:
    """A decree as the portal applies it; immutable, so a dossier may keep its code for ever.

    `grounds` are the acts that a decision names, each with its number, day, issuer and subject.
    """

    code: str
    name: str
    decree: str
    grounds: tuple[str, ...]
    effective_from: date
    effective_to: date | None
    is_default: bool
    scoring: bool
    division: Division
    taxonomy: str
    code_format: str
    part_maxima: Mapping[str, int]
    bands: tuple[Band, ...]
    stages: tuple[Stage, ...]
    idea_level: Level
    subject_kinds: tuple[str, ...]
    subject_kinds_tourism: tuple[str, ...]
    subject_clause: str
    commune_report_days: int | None
    revocation_days: int | None
    certificate_months: int
    reminder_days: tuple[int, ...]
    windows: tuple[Window, ...]
    renewal: Renewal | None
    complaint: ComplaintRules
    contest_level: Level | None

    @property
    def maximum(self) -> int:
        """The highest total of a sheet."""
        return sum(self.part_maxima.values())

    @property
    def first_stage(self) -> Stage:
        return self.stages[0]

    @property
    def lowest_recognised(self) -> int:
        """The fewest stars that any level recognises."""
        return min(star for stage in self.stages for star in stage.recognises)

    def band_of(self, points: int, sheets: int) -> int:
        """The band of the mean `points / sheets`, by integers alone; no sheets is an error."""
        if sheets < 1:
            raise ValueError("a mean needs at least one sheet")
        if not 0 <= points <= self.maximum * sheets:
            raise ValueError(f"{points} points on {sheets} sheets cannot be")
        return max(band.stars for band in self.bands if points >= band.at_least * sheets)

    def band(self, stars: int) -> Band:
        return next(band for band in self.bands if band.stars == stars)

    def stage(self, level: Level) -> Stage:
        """The stage of a level; a level that does not score under this regime is refused."""
        for stage in self.stages:
            if stage.level == level:
                return stage
        raise RuleBroken(
            "regime.level_does_not_score",
            term("Theo %(decree)s, %(level)s không chấm điểm."),
            decree=self.decree,
            level=level.label.lower(),
        )

    def scores_at(self, level: Level) -> bool:
        return any(stage.level == level for stage in self.stages)

    def next_level(self, level: Level) -> Level | None:
        """The level that scores after `level`, or None at the end of the chain."""
        levels = [stage.level for stage in self.stages]
        following = levels[levels.index(self.stage(level).level) + 1 :]
        return following[0] if following else None

    def recognising_level(self, stars: int) -> Level | None:
        """The level whose decision recognises `stars`; None for stars without a decision."""
        for stage in self.stages:
            if stars in stage.recognises:
                return stage.level
        return None

    def is_in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


_LEVEL_LABELS = {
    Level.COMMUNE: term("Cấp xã"),
    Level.DISTRICT: term("Cấp huyện"),
    Level.PROVINCE: term("Cấp tỉnh"),
    Level.CENTRAL: term("Cấp trung ương"),
}
_DIVISION_LABELS = {
    Division.THREE_TIER: term("Ba cấp: tỉnh, huyện, xã (đến 30/6/2025)"),
    Division.TWO_TIER: term("Hai cấp: tỉnh, xã (từ 1/7/2025)"),
}
