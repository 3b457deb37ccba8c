"""A province's report to the centre: asked for, written, sent, received or returned, sent again.

The programme's decision obliges provinces to report to the centre regularly and when asked
(Quyết định 490/QĐ-TTg, tasks of the provinces); no form is prescribed. What was sent is kept as it
was; a report that came back is sent anew beside it. Lateness is no state: the clock alone brings
it, and it is asked with a day.
"""

from datetime import date
from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.text import term


class ReportState(StrEnum):
    """Where a province's report stands."""

    ASKED = "asked"
    SENT = "sent"
    RETURNED = "returned"
    RECEIVED = "received"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]

    @property
    def waits_for_the_province(self) -> bool:
        return self in WITH_THE_PROVINCE

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class ReportMove(StrEnum):
    """What may happen to it."""

    SEND = "send"
    RECEIVE = "receive"
    RETURN = "return"
    CANCEL = "cancel"


class RequestKind(StrEnum):
    """Why the centre asks."""

    HALF_YEAR = "half_year"
    YEAR = "year"
    AD_HOC = "ad_hoc"

    @property
    def label(self) -> str:
        return _KINDS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


def is_overdue(state: ReportState, due_on: date, on: date) -> bool:
    """After the due day, while the province has not sent, or has it back."""
    return state.waits_for_the_province and due_on < on


WITH_THE_PROVINCE = frozenset({ReportState.ASKED, ReportState.RETURNED})
_LABELS = {
    ReportState.ASKED: term("Chờ gửi"),
    ReportState.SENT: term("Đã gửi, chờ trung ương nhận"),
    ReportState.RETURNED: term("Bị trả lại"),
    ReportState.RECEIVED: term("Trung ương đã nhận"),
    ReportState.CANCELLED: term("Không phải gửi nữa"),
}
_TONES = {
    ReportState.ASKED: "warn",
    ReportState.SENT: "info",
    ReportState.RETURNED: "bad",
    ReportState.RECEIVED: "good",
    ReportState.CANCELLED: "neutral",
}
_KINDS = {
    RequestKind.HALF_YEAR: term("Định kỳ 6 tháng"),
    RequestKind.YEAR: term("Định kỳ hằng năm"),
    RequestKind.AD_HOC: term("Đột xuất"),
}
CLAUSE = "490/QĐ-TTg"
REPORT = Machine(
    "province_report",
    (
        Transition(
            ReportMove.SEND, WITH_THE_PROVINCE, ReportState.SENT, clause=CLAUSE, needs=("words",)
        ),
        Transition(
            ReportMove.RECEIVE, frozenset({ReportState.SENT}), ReportState.RECEIVED, clause=CLAUSE
        ),
        Transition(
            ReportMove.RETURN,
            frozenset({ReportState.SENT}),
            ReportState.RETURNED,
            clause=CLAUSE,
            needs=("reason",),
        ),
        Transition(ReportMove.CANCEL, WITH_THE_PROVINCE, ReportState.CANCELLED, needs=("reason",)),
    ),
    {
        "words": term("Hãy viết phần kết quả đạt được trước khi gửi."),
        "reason": term("Hãy ghi lý do."),
    },
)
