"""What may become of administrative units from a day on, and what is refused.

A merger, a split or a transfer to another province ends units and begins others; a rename and a
change of kind (a xã becoming a phường) give the same unit another name. Nothing that was is
rewritten: ended units keep their names and their past, and a mistake is put right by a new change
that names the old one.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.places import read_name
from registry.domain.regime import Division, Level
from registry.domain.text import fold, term

LONGEST_CODE = 10
# What a unit of today may be, by its level.
KINDS_OF_LEVEL = {
    Level.PROVINCE: ("Tỉnh", "Thành phố"),
    Level.COMMUNE: ("Xã", "Phường", "Đặc khu"),
}


class ChangeKind(StrEnum):
    """What becomes of the units."""

    MERGER = "merger"
    SPLIT = "split"
    RENAME = "rename"
    STATUS = "status"
    TRANSFER = "transfer"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def keeps_unit(self) -> bool:
        """Whether the unit stays itself and only its name changes."""
        return self in {ChangeKind.RENAME, ChangeKind.STATUS}

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


_LABELS = {
    ChangeKind.MERGER: term("Sáp nhập nhiều đơn vị thành một"),
    ChangeKind.SPLIT: term("Chia một đơn vị thành nhiều đơn vị"),
    ChangeKind.RENAME: term("Đổi tên"),
    ChangeKind.STATUS: term("Đổi loại (xã thành phường, tỉnh thành thành phố…)"),
    ChangeKind.TRANSFER: term("Chuyển sang tỉnh, thành phố khác"),
}


@dataclass(frozen=True)
class Outcome:
    """A unit that there is from the day on; with the code of a changed unit, that one goes on."""

    code: str
    name: str


@dataclass(frozen=True)
class Concerned:
    """What the rules ask of a unit that changes; `begun_on` is its last beginning or renaming."""

    code: str
    name: str
    division: Division
    level: Level
    province: str
    begun_on: date | None
    ended_on: date | None


@dataclass(frozen=True)
class Surroundings:
    """Other units of the same division: codes and names that are in use or already promised."""

    codes: Collection[str]
    names: Collection[str]


def check(
    kind: ChangeKind,
    units: Sequence[Concerned],
    outcomes: Sequence[Outcome],
    *,
    effective_on: date,
    target: str,
    around: Surroundings,
) -> None:
    """Refuses what cannot come true; `target` is the code of the province to go to."""
    _check_units(kind, units, effective_on)
    _check_count(kind, units, outcomes)
    _check_target(kind, units, target)
    codes = {unit.code for unit in units}
    counts = Counter(outcome.code for outcome in outcomes)
    for outcome in outcomes:
        _check_name(outcome, Level(units[0].level))
        taken = outcome.code in around.codes and outcome.code not in codes
        if taken or counts[outcome.code] > 1:
            raise RuleBroken(
                "unit_change.code_taken",
                term(
                    "Mã %(unit_code)s đang thuộc một đơn vị khác; hãy ghi mã được cấp cho đơn vị "
                    "mới."
                ),
                field="outcomes",
                unit_code=outcome.code,
            )
        if fold(outcome.name) in around.names:
            raise RuleBroken(
                "unit_change.name_taken",
                term("Trong cùng tỉnh đã có một đơn vị tên “%(name)s”."),
                field="outcomes",
                name=outcome.name,
            )
    if kind.keeps_unit:
        _check_renaming(kind, units[0], outcomes[0])


def _check_units(kind: ChangeKind, units: Sequence[Concerned], effective_on: date) -> None:
    for unit in units:
        of_today = unit.division == Division.TWO_TIER and unit.level in KINDS_OF_LEVEL
        if not of_today or not (kind.keeps_unit or unit.level == Level.COMMUNE):
            raise RuleBroken(
                "unit_change.level",
                term("Chỉ ghi thay đổi của xã, phường, đặc khu hiện nay; tỉnh chỉ đổi tên, loại."),
                field="units",
            )
        if unit.ended_on is not None and unit.ended_on < effective_on:
            raise RuleBroken(
                "unit_change.ended",
                term("%(name)s đã kết thúc ngày %(day)s nên không thay đổi được nữa."),
                field="units",
                name=unit.name,
                day=f"{unit.ended_on:%d/%m/%Y}",
            )
        if unit.begun_on is not None and effective_on <= unit.begun_on:
            raise RuleBroken(
                "unit_change.too_early",
                term("%(name)s có từ ngày %(day)s; ngày hiệu lực phải sau ngày đó."),
                field="effective_on",
                name=unit.name,
                day=f"{unit.begun_on:%d/%m/%Y}",
            )


def _check_count(kind: ChangeKind, units: Sequence[Concerned], outcomes: Sequence[Outcome]) -> None:
    if kind is ChangeKind.MERGER:
        if len({unit.code for unit in units}) < 2:  # noqa: PLR2004 - one alone merges with nothing
            raise RuleBroken(
                "unit_change.too_few",
                term("Sáp nhập cần ít nhất hai đơn vị."),
                field="units",
            )
        if len({unit.province for unit in units}) > 1:
            raise RuleBroken(
                "unit_change.two_provinces",
                term("Các đơn vị phải cùng một tỉnh; hãy chuyển tỉnh trước rồi sáp nhập."),
                field="units",
            )
    elif len(units) != 1:
        raise RuleBroken(
            "unit_change.one_unit", term("Thay đổi này chỉ của một đơn vị."), field="units"
        )
    if kind is ChangeKind.SPLIT:
        if len(outcomes) < 2:  # noqa: PLR2004 - a split has two parts at least
            raise RuleBroken(
                "unit_change.too_few_parts",
                term("Chia cần ít nhất hai đơn vị mới."),
                field="outcomes",
            )
    elif len(outcomes) != 1:
        raise RuleBroken(
            "unit_change.one_outcome",
            term("Thay đổi này chỉ cho ra một đơn vị."),
            field="outcomes",
        )


def _check_target(kind: ChangeKind, units: Sequence[Concerned], target: str) -> None:
    if kind is not ChangeKind.TRANSFER:
        return
    if not target:
        raise RuleBroken(
            "unit_change.no_target",
            term("Hãy chọn tỉnh, thành phố nhận đơn vị."),
            field="target",
        )
    if target == units[0].province:
        raise RuleBroken(
            "unit_change.same_province",
            term("Đơn vị đã thuộc tỉnh này rồi."),
            field="target",
        )


def _check_name(outcome: Outcome, level: Level) -> None:
    if not outcome.code.isdecimal() or len(outcome.code) > LONGEST_CODE:
        raise RuleBroken(
            "unit_change.code", term("Mã đơn vị chỉ gồm chữ số, ví dụ 05503."), field="outcomes"
        )
    try:
        kind = read_name(outcome.name).kind
    except ValueError:
        kind = ""
    if kind not in KINDS_OF_LEVEL[level]:
        raise RuleBroken(
            "unit_change.name",
            term("“%(name)s” phải bắt đầu bằng loại đơn vị: %(kinds)s."),
            field="outcomes",
            name=outcome.name,
            kinds=", ".join(KINDS_OF_LEVEL[level]),
        )


def _check_renaming(kind: ChangeKind, unit: Concerned, outcome: Outcome) -> None:
    if outcome.code != unit.code:
        raise RuleBroken(
            "unit_change.code_stays",
            term("Đổi tên, đổi loại thì mã giữ nguyên."),
            field="outcomes",
        )
    before, after = read_name(unit.name), read_name(outcome.name)
    if after == before:
        raise RuleBroken(
            "unit_change.no_change", term("Tên mới giống tên đang mang."), field="outcomes"
        )
    if kind is ChangeKind.STATUS and (after.kind == before.kind or after.short != before.short):
        raise RuleBroken(
            "unit_change.status",
            term("Đổi loại thì giữ tên riêng và lấy một loại khác."),
            field="outcomes",
        )
