"""A citizen's report that the mark is misused: what it may be about and how it moves.

Quyết định 26/2026/QĐ-TTg, Điều 8 names wrong use of the mark as a ground for revocation; whoever
sees it may say so without an account. The report goes to the province, which answers.
"""

from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.machine import Machine, Transition
from registry.domain.text import term

SHORTEST_TEXT = 10


class ReportKind(StrEnum):
    """What was seen."""

    NOT_RECOGNISED = "not_recognised"
    WRONG_STARS = "wrong_stars"
    OUT_OF_FORCE = "out_of_force"
    FALSE_CERTIFICATE = "false_certificate"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


class ReportState(StrEnum):
    """Where a report stands."""

    RECEIVED = "received"
    TAKEN = "taken"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _STATE_TONES[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class ReportMove(StrEnum):
    """What may happen to a report."""

    TAKE = "take"
    ANSWER = "answer"


def check_report(*, text: str, has_place: bool) -> None:
    """A report says what was seen, and names a certificate or a province."""
    if len(text.strip()) < SHORTEST_TEXT:
        raise RuleBroken(
            "report.text",
            term("Hãy tả rõ hơn điều bạn thấy, ít nhất %(least)s ký tự."),
            field="text",
            least=SHORTEST_TEXT,
        )
    if not has_place:
        raise RuleBroken(
            "report.place",
            term("Hãy ghi mã trên giấy chứng nhận, hoặc chọn tỉnh nơi bạn thấy sản phẩm."),
            field="province",
        )


_KIND_LABELS = {
    ReportKind.NOT_RECOGNISED: term("Sản phẩm không được công nhận mà dùng nhãn hiệu OCOP"),
    ReportKind.WRONG_STARS: term("In hạng sao cao hơn giấy chứng nhận"),
    ReportKind.OUT_OF_FORCE: term("Giấy đã hết hạn, bị tạm dừng hoặc thu hồi mà vẫn dùng"),
    ReportKind.FALSE_CERTIFICATE: term("Giấy chứng nhận hoặc mã QR giả"),
    ReportKind.OTHER: term("Điều khác"),
}
_STATE_LABELS = {
    ReportState.RECEIVED: term("Đã nhận"),
    ReportState.TAKEN: term("Đang xác minh"),
    ReportState.ANSWERED: term("Đã trả lời"),
}
_STATE_TONES = {
    ReportState.RECEIVED: "warn",
    ReportState.TAKEN: "info",
    ReportState.ANSWERED: "good",
}
REPORT = Machine(
    "report",
    (
        Transition(ReportMove.TAKE, frozenset({ReportState.RECEIVED}), ReportState.TAKEN),
        Transition(
            ReportMove.ANSWER,
            frozenset({ReportState.RECEIVED, ReportState.TAKEN}),
            ReportState.ANSWERED,
            needs=("answer",),
        ),
    ),
    {"answer": term("Hãy ghi câu trả lời.")},
)
