"""A province's plan of a year: drafted, approved with number and date, replaced by a later one.

A plan that was approved is never changed; an amendment is a new plan whose approval replaces it.
"""

from collections.abc import Mapping
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.machine import Machine, Transition
from registry.domain.text import term

FIRST_YEAR, LAST_YEAR = 2018, 2100


class PlanState(StrEnum):
    """What a plan is worth."""

    DRAFT = "draft"
    APPROVED = "approved"
    REPLACED = "replaced"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class PlanMove(StrEnum):
    """What may happen to it."""

    APPROVE = "approve"
    REPLACE = "replace"


def check_year(year: int) -> None:
    """A year of the programme."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleBroken(
            "plan.year",
            term("Năm kế hoạch phải từ %(first)s đến %(last)s."),
            field="year",
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )


def check_aims(aims: Mapping[str, int], known: frozenset[str]) -> None:
    """Whole numbers from 0 for indicators that there are."""
    for code, aim in aims.items():
        if code not in known or aim < 0:
            raise RuleBroken(
                "plan.aim", term("Chỉ tiêu phải là số nguyên từ 0 trở lên."), field=f"aim_{code}"
            )


_LABELS = {
    PlanState.DRAFT: term("Đang soạn"),
    PlanState.APPROVED: term("Đã phê duyệt"),
    PlanState.REPLACED: term("Đã được thay thế"),
}
_TONES = {
    PlanState.DRAFT: "warn",
    PlanState.APPROVED: "good",
    PlanState.REPLACED: "neutral",
}
PLAN = Machine(
    "province_plan",
    (
        Transition(
            PlanMove.APPROVE,
            frozenset({PlanState.DRAFT}),
            PlanState.APPROVED,
            needs=("paper", "contents"),
        ),
        Transition(PlanMove.REPLACE, frozenset({PlanState.APPROVED}), PlanState.REPLACED),
    ),
    {
        "paper": term("Hãy ghi số và ngày của quyết định phê duyệt."),
        "contents": term("Kế hoạch chưa có chỉ tiêu hay kinh phí nào."),
    },
)
