"""How an idea and a business plan are appraised (QĐ 490/QĐ-TTg of 2018, Annex I, steps 2 and 3).

The subject writes and submits; the level that the regime names accepts, sends back with what is
to be mended, item by item, or declines with a reason. An idea is accepted only when each of the
three product criteria is found to be met: local speciality, value added, no harm to the
environment.

An officer may write an idea for a producer who cannot: it is handed in only when the producer
confirms it, and the producer may take it back to change it.
"""

from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.text import term


class AppraisalState(StrEnum):
    """Where an idea or a plan stands."""

    DRAFT = "draft"
    PREPARED = "prepared"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]

    @property
    def is_open(self) -> bool:
        """Whether the subject may write in it."""
        return self in OPEN

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class AppraisalMove(StrEnum):
    PREPARE = "prepare"
    REOPEN = "reopen"
    SUBMIT = "submit"
    ACCEPT = "accept"
    RETURN = "return_for_changes"
    DECLINE = "decline"

    @property
    def label(self) -> str:
        return _MOVE_LABELS[self]


class ProductCriterion(StrEnum):
    """The three product criteria of the programme, each found met or not by the appraiser."""

    LOCAL = "local_speciality"
    VALUE = "value_added"
    ENVIRONMENT = "no_harm"

    @property
    def label(self) -> str:
        return _CRITERION_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(criterion.value, criterion.label) for criterion in cls]


WRITTEN = "written"
CRITERIA_MET = "criteria_met"
REASON = "reason"
ITEMS_NAMED = "items_named"
OPEN = frozenset({AppraisalState.DRAFT, AppraisalState.RETURNED})

_NEEDS = {
    WRITTEN: term("Chưa điền đủ các mục bắt buộc."),
    CRITERIA_MET: term("Chỉ chấp nhận được khi cả ba tiêu chí sản phẩm đều được kết luận là đạt."),
    REASON: term("Hãy ghi rõ lý do để chủ thể biết cần làm gì."),
    ITEMS_NAMED: term("Hãy chỉ ra ít nhất một mục cần sửa."),
}


def _table(
    name: str, *, accept_needs: tuple[str, ...], assisted: tuple[Transition, ...] = ()
) -> Machine:
    submitted = frozenset({AppraisalState.SUBMITTED})
    return Machine(
        name,
        (
            *assisted,
            Transition(
                AppraisalMove.SUBMIT,
                OPEN | {AppraisalState.PREPARED} if assisted else OPEN,
                AppraisalState.SUBMITTED,
                clause="490/2018 PL I",
                needs=(WRITTEN,),
            ),
            Transition(
                AppraisalMove.ACCEPT,
                submitted,
                AppraisalState.ACCEPTED,
                clause="490/2018 PL I",
                needs=accept_needs,
            ),
            Transition(
                AppraisalMove.RETURN,
                submitted,
                AppraisalState.RETURNED,
                clause="490/2018 PL I",
                needs=(ITEMS_NAMED,),
            ),
            Transition(
                AppraisalMove.DECLINE,
                submitted,
                AppraisalState.DECLINED,
                clause="490/2018 PL I",
                needs=(REASON,),
            ),
        ),
        needs=_NEEDS,
    )


ASSISTED = (
    Transition(
        AppraisalMove.PREPARE,
        OPEN,
        AppraisalState.PREPARED,
        clause="490/2018 PL I",
        needs=(WRITTEN,),
    ),
    Transition(
        AppraisalMove.REOPEN,
        frozenset({AppraisalState.PREPARED}),
        AppraisalState.DRAFT,
        clause="490/2018 PL I",
    ),
)
IDEA = _table("idea", accept_needs=(CRITERIA_MET,), assisted=ASSISTED)
PLAN = _table("plan", accept_needs=())

_STATE_LABELS = {
    AppraisalState.DRAFT: term("Đang soạn"),
    AppraisalState.PREPARED: term("Soạn hộ, chờ chủ thể xác nhận"),
    AppraisalState.SUBMITTED: term("Đã gửi, chờ thẩm định"),
    AppraisalState.RETURNED: term("Cần sửa"),
    AppraisalState.ACCEPTED: term("Được chấp nhận"),
    AppraisalState.DECLINED: term("Không được chấp nhận"),
}
_MOVE_LABELS = {
    AppraisalMove.PREPARE: term("Gửi chủ thể xác nhận"),
    AppraisalMove.REOPEN: term("Lấy lại để sửa"),
    AppraisalMove.SUBMIT: term("Gửi thẩm định"),
    AppraisalMove.ACCEPT: term("Chấp nhận"),
    AppraisalMove.RETURN: term("Trả lại để sửa"),
    AppraisalMove.DECLINE: term("Không chấp nhận"),
}
_CRITERION_LABELS = {
    ProductCriterion.LOCAL: term("Là đặc sản, có thế mạnh của địa phương"),
    ProductCriterion.VALUE: term("Làm tăng giá trị cho địa phương"),
    ProductCriterion.ENVIRONMENT: term("Không gây hại cho môi trường"),
}
