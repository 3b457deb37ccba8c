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
from typing import Any

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


ONE_BODY: Mapping[str, Any] = {"code": "", "name": "Hội đồng đánh giá, phân hạng"}


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


def regime_from(record: Mapping[str, Any]) -> Regime:
    """A regime from its record; every fault of the data is named at once, as a ValueError."""
    regime = Regime(
        code=record["code"],
        name=record["name"],
        decree=record["decree"],
        grounds=tuple(record.get("grounds", [record["decree"]])),
        effective_from=record["effective_from"],
        effective_to=record.get("effective_to"),
        is_default=record.get("default", False),
        scoring=record["scoring"],
        division=Division(record["division"]),
        taxonomy=record["taxonomy"],
        code_format=record["code_format"],
        part_maxima=dict(record["part_maxima"]),
        bands=tuple(Band(row["stars"], row["at_least"]) for row in record["bands"]),
        stages=tuple(_stage_from(row) for row in record["stages"]),
        idea_level=Level(record["idea_level"]),
        subject_kinds=tuple(record["subject_kinds"]),
        subject_kinds_tourism=tuple(record["subject_kinds_tourism"]),
        subject_clause=record["subject_clause"],
        commune_report_days=record.get("commune_report_days"),
        revocation_days=record.get("revocation_days"),
        certificate_months=record["certificate_months"],
        reminder_days=tuple(record["reminder_days"]),
        windows=tuple(_window_from(row) for row in record.get("windows", ())),
        renewal=Renewal(**record["renewal"]) if "renewal" in record else None,
        complaint=ComplaintRules(**record["complaint"]),
        contest_level=Level(record["contest_level"]) if "contest_level" in record else None,
    )
    faults = faults_of(regime)
    if faults:
        raise ValueError(f"regime {regime.code}: " + "; ".join(faults))
    return regime


def faults_of(regime: Regime) -> list[str]:
    """Everything that makes the chain or the bands of a regime impossible to apply."""
    faults = []
    starts = [band.at_least for band in regime.bands]
    if [band.stars for band in regime.bands] != list(range(1, len(regime.bands) + 1)):
        faults.append("bands must name the stars 1, 2, … in order")
    if starts[:1] != [0] or starts != sorted(set(starts)):
        faults.append("bands must begin at 0 and rise")
    ranks = [stage.level.rank for stage in regime.stages]
    if not ranks or ranks != sorted(set(ranks)):
        faults.append("stages must be named from the lowest level up, each once")
    recognised = [star for stage in regime.stages for star in stage.recognises]
    if len(recognised) != len(set(recognised)):
        faults.append("a star is recognised by two levels")
    if any(stage.forward_from is None for stage in regime.stages[:-1]):
        faults.append("a stage before the last must say from which mean it forwards")
    if regime.stages and regime.stages[-1].forward_from is not None:
        faults.append("the last stage has nowhere to forward to")
    return faults + [fault for stage in regime.stages for fault in _faults_of_bodies(stage)]


def _faults_of_bodies(stage: Stage) -> list[str]:
    codes = [body.code for body in stage.bodies]
    if codes[-1:] == [""] and len(codes) == len(set(codes)):
        return []
    return [f"{stage.level}: each body once, the deciding one last and without code"]


def _stage_from(row: Mapping[str, Any]) -> Stage:
    return Stage(
        level=Level(row["level"]),
        recognises=tuple(row["recognises"]),
        forward_from=row.get("forward_from"),
        forward_after_recognition=row.get("forward_after_recognition", False),
        below=Below(row["below"]) if "below" in row else None,
        bodies=tuple(Body(**body) for body in row.get("bodies", [ONE_BODY])),
    )


def _window_from(row: Mapping[str, Any]) -> Window:
    return Window(
        level=Level(row["level"]),
        request_by=_month_day(row["request_by"]),
        end_by=_month_day(row["end_by"]),
    )


def _month_day(text: str) -> tuple[int, int]:
    """ "06-30" as (6, 30); a day that no leap year has is refused."""
    day = date.fromisoformat(f"2000-{text}")
    return day.month, day.day


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
