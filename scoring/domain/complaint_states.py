"""A complaint about a result: lodged, taken by an officer, answered with an effect, or withdrawn.

The decrees name no complaint of their own; the Law on Complaints 2011 gives the producer ninety
days and the office thirty, in a complicated matter forty-five. The days are data of the regime.
"""

from datetime import date, timedelta
from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.regime import ComplaintRules
from registry.domain.text import term


class ComplaintState(StrEnum):
    """Where a complaint is."""

    LODGED = "lodged"
    TAKEN = "taken"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def tone(self) -> str:
        return _TONES[self]

    @property
    def is_open(self) -> bool:
        return self in OPEN

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class ComplaintMove(StrEnum):
    """What may happen to a complaint."""

    TAKE = "take"
    EXTEND = "extend"
    ANSWER = "answer"
    WITHDRAW = "withdraw"


class ComplaintEffect(StrEnum):
    """What an answer does to the result."""

    KEEP = "keep"
    RESCORE = "rescore"
    CORRECT = "correct"

    @property
    def label(self) -> str:
        return _EFFECT_LABELS[self]

    @property
    def grants(self) -> bool:
        """Whether the complaint was found right."""
        return self is not ComplaintEffect.KEEP

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(effect.value, effect.label) for effect in cls]


OPEN = frozenset({ComplaintState.LODGED, ComplaintState.TAKEN})


def last_day(known_on: date, rules: ComplaintRules) -> date:
    """The last day for a complaint about what the producer knows since `known_on`."""
    return known_on + timedelta(days=rules.window_days)


def due_day(lodged_on: date, rules: ComplaintRules, *, is_complex: bool = False) -> date:
    """The day by which a complaint is answered."""
    days = rules.complex_days if is_complex else rules.answer_days
    return lodged_on + timedelta(days=days)


_LABELS = {
    ComplaintState.LODGED: term("Đã gửi, chờ thụ lý"),
    ComplaintState.TAKEN: term("Đang giải quyết"),
    ComplaintState.ANSWERED: term("Đã trả lời"),
    ComplaintState.WITHDRAWN: term("Đã rút"),
}
_TONES = {
    ComplaintState.LODGED: "warn",
    ComplaintState.TAKEN: "info",
    ComplaintState.ANSWERED: "good",
    ComplaintState.WITHDRAWN: "neutral",
}
_EFFECT_LABELS = {
    ComplaintEffect.KEEP: term("Giữ nguyên kết quả"),
    ComplaintEffect.RESCORE: term("Tổ chức chấm lại"),
    ComplaintEffect.CORRECT: term("Đính chính quyết định"),
}

COMPLAINT = Machine(
    "complaint",
    (
        Transition(ComplaintMove.TAKE, OPEN, ComplaintState.TAKEN),
        Transition(
            ComplaintMove.EXTEND,
            frozenset({ComplaintState.TAKEN}),
            ComplaintState.TAKEN,
            clause="Luật Khiếu nại 2011, Điều 28",
            needs=("reason", "first_extension"),
        ),
        Transition(
            ComplaintMove.ANSWER,
            frozenset({ComplaintState.TAKEN}),
            ComplaintState.ANSWERED,
            clause="Luật Khiếu nại 2011, Điều 31",
            needs=("owner", "answer"),
        ),
        Transition(ComplaintMove.WITHDRAW, OPEN, ComplaintState.WITHDRAWN),
    ),
    {
        "reason": term("Hãy ghi rõ lý do gia hạn."),
        "first_extension": term("Thời hạn chỉ được gia hạn một lần."),
        "owner": term("Người khác đang giải quyết khiếu nại này; hãy nhận lại trước khi trả lời."),
        "answer": term("Hãy ghi nội dung trả lời."),
    },
)
