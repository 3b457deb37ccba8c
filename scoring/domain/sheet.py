"""A sheet: for every criterion the chosen option, or that none is met.

Points are never written down by anybody: they follow from the options. A criterion answered
with None meets no option and counts 0 (QĐ 26/2026 prints no 0 option for many criteria); one
that is absent has not been answered, and the sheet is incomplete.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.machine import Machine, Transition
from registry.domain.text import term
from scoring.domain.exclusions import zeroed
from scoring.domain.rubric import Rubric

Choices = Mapping[str, str | None]

LONGEST_CODE = 12


class SheetState(StrEnum):
    """Where a member's sheet is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    LOCKED = "locked"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class SheetMove(StrEnum):
    """What may happen to a sheet."""

    SUBMIT = "submit"
    REOPEN = "reopen"
    LOCK = "lock"


@dataclass(frozen=True)
class Tally:
    """What a sheet adds up to: points per criterion, per part, in all; what does not apply."""

    points: Mapping[str, int]
    parts: Mapping[str, int]
    total: int
    zeroed: tuple[str, ...]


def read_choices(rubric: Rubric, raw: object) -> dict[str, str | None]:
    """Choices as sent, checked: known criteria, each with an option of its own or None.

    An unknown code or an option of another criterion or set is refused with the field named.
    """
    if not isinstance(raw, Mapping):
        raise RuleBroken(
            "sheet.malformed",
            term("Lựa chọn phải là bảng từ mã tiêu chí tới mức điểm."),
            field="choices",
        )
    for code, chosen in raw.items():
        _check_choice(rubric, code, chosen)
    return {code: raw[code] for code in rubric.by_code if code in raw}


def missing(rubric: Rubric, choices: Choices) -> tuple[str, ...]:
    """The codes not yet answered, in the order of the sheet."""
    return tuple(code for code in rubric.by_code if code not in choices)


def require_complete(rubric: Rubric, choices: Choices) -> None:
    """Refuses a sheet with criteria that nobody has answered."""
    absent = missing(rubric, choices)
    if absent:
        raise RuleBroken(
            "sheet.incomplete",
            term("Còn %(count)s tiêu chí chưa chọn: %(codes)s."),
            count=len(absent),
            codes=", ".join(absent),
        )


def chosen_points(rubric: Rubric, choices: Choices) -> dict[str, int]:
    """The points of what was chosen, before any note of the rubric; no option gives 0."""
    return {
        code: 0 if chosen is None else rubric.points_of[chosen] for code, chosen in choices.items()
    }


def tally(rubric: Rubric, choices: Choices, findings: Collection[str] = ()) -> Tally:
    """Adds up checked choices; a criterion that does not apply counts 0."""
    chosen = chosen_points(rubric, choices)
    without_points = zeroed(rubric, chosen, findings)
    counted = {code: 0 if code in without_points else points for code, points in chosen.items()}
    parts = {
        part.code: sum(counted.get(criterion.code, 0) for criterion in part.criteria)
        for part in rubric.parts
    }
    return Tally(counted, parts, sum(parts.values()), without_points)


def _check_choice(rubric: Rubric, code: object, chosen: object) -> None:
    criterion = rubric.by_code.get(code) if isinstance(code, str) else None
    if criterion is None:
        named = str(code)[:LONGEST_CODE]
        raise RuleBroken(
            "sheet.unknown_criterion",
            term("Bộ tiêu chí này không có tiêu chí “%(criterion)s”."),
            field=f"choices.{named}",
            criterion=named,
        )
    if chosen is None or (isinstance(chosen, str) and criterion.option(chosen)):
        return
    raise RuleBroken(
        "sheet.foreign_option",
        term("Mức đã chọn không thuộc tiêu chí %(criterion)s của bộ này."),
        field=f"choices.{code}",
        criterion=code,
    )


_STATE_LABELS = {
    SheetState.DRAFT: term("Đang chấm"),
    SheetState.SUBMITTED: term("Đã nộp"),
    SheetState.LOCKED: term("Đã khóa"),
}

SHEET = Machine(
    "sheet",
    (
        Transition(
            SheetMove.SUBMIT,
            frozenset({SheetState.DRAFT}),
            SheetState.SUBMITTED,
            needs=("complete",),
        ),
        Transition(SheetMove.REOPEN, frozenset({SheetState.SUBMITTED}), SheetState.DRAFT),
        Transition(SheetMove.LOCK, frozenset({SheetState.SUBMITTED}), SheetState.LOCKED),
    ),
    {"complete": term("Phiếu còn tiêu chí chưa chọn.")},
)
