"""A decision: prepared as a draft, presented to the authority, signed once; signed, it stays.

The chairs of the province's People's Committee and the Minister recognise by decision (QĐ 26/2026,
Điều 4, 7), and take recognition away likewise (Điều 8). The office prepares over days and presents;
the authority signs or hands back with a reason. A correction is a further decision that points to
the first. A decision that was signed on paper before the portal is recorded from the register: it
has number and date, no signer here, and never moves.
"""

from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.text import term


class DecisionState(StrEnum):
    """Whether a decision may still change."""

    DRAFT = "draft"
    PRESENTED = "presented"
    SIGNED = "signed"
    RECORDED = "recorded"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_final(self) -> bool:
        """Signed here, or on paper before: nothing about it changes any more."""
        return self in {DecisionState.SIGNED, DecisionState.RECORDED}

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class DecisionMove(StrEnum):
    """What may happen to a decision."""

    PRESENT = "present"
    HAND_BACK = "hand_back"
    SIGN = "sign"


class DecisionKind(StrEnum):
    """What a decision does."""

    RECOGNISE = "recognise"
    CORRECT = "correct"
    SUSPEND = "suspend"
    RESTORE = "restore"
    REVOKE = "revoke"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


_LABELS = {
    DecisionState.DRAFT: term("Dự thảo"),
    DecisionState.PRESENTED: term("Đã trình ký"),
    DecisionState.SIGNED: term("Đã ký"),
    DecisionState.RECORDED: term("Ghi từ sổ"),
}
_TONES = {
    DecisionState.DRAFT: "neutral",
    DecisionState.PRESENTED: "warn",
    DecisionState.SIGNED: "good",
    DecisionState.RECORDED: "neutral",
}
_KIND_LABELS = {
    DecisionKind.RECOGNISE: term("Công nhận"),
    DecisionKind.CORRECT: term("Đính chính"),
    DecisionKind.SUSPEND: term("Tạm dừng hiệu lực"),
    DecisionKind.RESTORE: term("Khôi phục hiệu lực"),
    DecisionKind.REVOKE: term("Thu hồi"),
}

DECISION = Machine(
    "decision",
    (
        Transition(
            DecisionMove.PRESENT,
            frozenset({DecisionState.DRAFT}),
            DecisionState.PRESENTED,
            needs=("products", "number"),
        ),
        Transition(
            DecisionMove.HAND_BACK,
            frozenset({DecisionState.PRESENTED}),
            DecisionState.DRAFT,
            needs=("reason",),
        ),
        Transition(
            DecisionMove.SIGN,
            frozenset({DecisionState.PRESENTED}),
            DecisionState.SIGNED,
            clause="Điều 4",
            needs=("products", "number"),
        ),
    ),
    {
        "products": term("Quyết định chưa có sản phẩm nào."),
        "number": term("Quyết định chưa có số."),
        "reason": term("Hãy ghi rõ lý do trả lại dự thảo."),
    },
)
