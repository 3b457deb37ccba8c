"""Support that a producer asks for while the plan is carried out (QĐ 490/2018; QĐ 919/2022).

The programme helps with advice, design, quality, organisation, intellectual property, training,
interest on loans, a place on a shelf, and starting up; a value-chain sub-project is only for a
product that has been recognised. The office answers, grants with provider and source, or refuses
with a reason; what was granted ends with its outcome.
"""

from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.text import term


class SupportKind(StrEnum):
    """What is asked for."""

    ADVICE = "advice"
    DESIGN = "design"
    QUALITY = "quality"
    ORGANISATION = "organisation"
    INTELLECTUAL_PROPERTY = "intellectual_property"
    TRAINING = "training"
    INTEREST = "interest_support"
    SHELF_PLACE = "shelf_place"
    START_UP = "start_up"
    VALUE_CHAIN = "value_chain"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]

    @property
    def needs_recognition(self) -> bool:
        return self is SupportKind.VALUE_CHAIN

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


class SupportState(StrEnum):
    """Where a request stands."""

    SENT = "sent"
    ANSWERED = "answered"
    GRANTED = "granted"
    REFUSED = "refused"
    COMPLETED = "completed"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class SupportMove(StrEnum):
    """What an office does with a request."""

    ANSWER = "answer"
    GRANT = "grant"
    REFUSE = "refuse"
    COMPLETE = "complete"

    @property
    def label(self) -> str:
        return _MOVE_LABELS[self]


ANSWER = "answer"
PROVIDER = "provider"
OUTCOME = "outcome"
UNDECIDED = frozenset({SupportState.SENT, SupportState.ANSWERED})

SUPPORT = Machine(
    "support",
    (
        Transition(
            SupportMove.ANSWER,
            frozenset({SupportState.SENT}),
            SupportState.ANSWERED,
            needs=(ANSWER,),
        ),
        Transition(
            SupportMove.GRANT,
            UNDECIDED,
            SupportState.GRANTED,
            clause="919/2022",
            needs=(ANSWER, PROVIDER),
        ),
        Transition(SupportMove.REFUSE, UNDECIDED, SupportState.REFUSED, needs=(ANSWER,)),
        Transition(
            SupportMove.COMPLETE,
            frozenset({SupportState.GRANTED}),
            SupportState.COMPLETED,
            needs=(OUTCOME,),
        ),
    ),
    needs={
        ANSWER: term("Hãy viết câu trả lời cho chủ thể."),
        PROVIDER: term("Hãy ghi đơn vị hỗ trợ và nguồn kinh phí."),
        OUTCOME: term("Hãy ghi kết quả của việc hỗ trợ."),
    },
)

_KIND_LABELS = {
    SupportKind.ADVICE: term("Tư vấn"),
    SupportKind.DESIGN: term("Thiết kế bao bì, nhãn hiệu"),
    SupportKind.QUALITY: term("Chất lượng, kiểm nghiệm, an toàn thực phẩm"),
    SupportKind.ORGANISATION: term("Tổ chức, quản trị chủ thể"),
    SupportKind.INTELLECTUAL_PROPERTY: term("Sở hữu trí tuệ"),
    SupportKind.TRAINING: term("Đào tạo, tập huấn"),
    SupportKind.INTEREST: term("Hỗ trợ lãi suất"),
    SupportKind.SHELF_PLACE: term("Chỗ bày bán"),
    SupportKind.START_UP: term("Khởi nghiệp"),
    SupportKind.VALUE_CHAIN: term("Tiểu dự án chuỗi giá trị"),
}
_STATE_LABELS = {
    SupportState.SENT: term("Đã gửi, chờ trả lời"),
    SupportState.ANSWERED: term("Đã trả lời"),
    SupportState.GRANTED: term("Được hỗ trợ"),
    SupportState.REFUSED: term("Không được hỗ trợ"),
    SupportState.COMPLETED: term("Đã hỗ trợ xong"),
}
_MOVE_LABELS = {
    SupportMove.ANSWER: term("Trả lời, chưa quyết định"),
    SupportMove.GRANT: term("Đồng ý hỗ trợ"),
    SupportMove.REFUSE: term("Không hỗ trợ"),
    SupportMove.COMPLETE: term("Ghi đã hỗ trợ xong"),
}
