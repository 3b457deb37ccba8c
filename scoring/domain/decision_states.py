"""A decision: prepared as a draft, signed once by an authority; signed, it never changes.

The chairs of the province's People's Committee and the Minister recognise by decision (QĐ 26/2026,
Điều 4, 7); a correction is a further decision that points to the first.
"""

from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.text import term


class DecisionState(StrEnum):
    """Whether a decision may still change."""

    DRAFT = "draft"
    SIGNED = "signed"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class DecisionMove(StrEnum):
    """What may happen to a decision."""

    SIGN = "sign"


_LABELS = {
    DecisionState.DRAFT: term("Dự thảo"),
    DecisionState.SIGNED: term("Đã ký"),
}

DECISION = Machine(
    "decision",
    (
        Transition(
            DecisionMove.SIGN,
            frozenset({DecisionState.DRAFT}),
            DecisionState.SIGNED,
            clause="Điều 4",
            needs=("products", "number"),
        ),
    ),
    {
        "products": term("Quyết định chưa có sản phẩm nào."),
        "number": term("Quyết định chưa có số."),
    },
)
