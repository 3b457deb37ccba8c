"""An enrolment's way through the steps (QĐ 490/QĐ-TTg of 2018, Annex I, the OCOP cycle).

A product that comes for the first time begins with its idea. An upgrade or a re-evaluation keeps
the idea and the plan of the first passage and begins with its dossier (QĐ 26/2026, Điều 6.1:
the same form and report, telling what has changed since the recognition).
"""

from enum import StrEnum

from cycle.domain.steps import Step
from registry.domain.machine import Machine, Transition
from registry.domain.text import term


class EnrolmentKind(StrEnum):
    """Why a product goes through the cycle."""

    FIRST = "first"
    UPGRADE = "upgrade"
    RE_EVALUATION = "re_evaluation"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]

    @property
    def first_step(self) -> Step:
        return Step.IDEA if self is EnrolmentKind.FIRST else Step.EVALUATION

    @property
    def needs_recognition(self) -> bool:
        """Whether only a product that was recognised before may come for this."""
        return self is not EnrolmentKind.FIRST

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


class JourneyMove(StrEnum):
    """What takes an enrolment to its next step."""

    ACCEPT_IDEA = "accept_idea"
    ACCEPT_PLAN = "accept_plan"
    FINISH_IMPLEMENTATION = "finish_implementation"
    OPEN_PROMOTION = "open_promotion"

    @property
    def label(self) -> str:
        return _MOVE_LABELS[self]


IDEA_ACCEPTED = "idea_accepted"
PLAN_ACCEPTED = "plan_accepted"
MILESTONES_DONE = "milestones_done"
RECOGNISED = "recognised"

JOURNEY = Machine(
    "enrolment",
    (
        Transition(
            JourneyMove.ACCEPT_IDEA,
            frozenset({Step.IDEA}),
            Step.PLAN,
            clause="490/2018 PL I",
            needs=(IDEA_ACCEPTED,),
        ),
        Transition(
            JourneyMove.ACCEPT_PLAN,
            frozenset({Step.PLAN}),
            Step.IMPLEMENTATION,
            clause="490/2018 PL I",
            needs=(PLAN_ACCEPTED,),
        ),
        Transition(
            JourneyMove.FINISH_IMPLEMENTATION,
            frozenset({Step.IMPLEMENTATION}),
            Step.EVALUATION,
            clause="490/2018 PL I",
            needs=(MILESTONES_DONE,),
        ),
        Transition(
            JourneyMove.OPEN_PROMOTION,
            frozenset({Step.EVALUATION}),
            Step.PROMOTION,
            clause="490/2018 PL I",
            needs=(RECOGNISED,),
        ),
    ),
    needs={
        IDEA_ACCEPTED: term("Ý tưởng chưa được chấp nhận."),
        PLAN_ACCEPTED: term("Phương án sản xuất kinh doanh chưa được chấp nhận."),
        MILESTONES_DONE: term(
            "Còn mốc thực hiện chưa hoàn thành. Hãy báo hoàn thành hoặc bỏ mốc đó trước."
        ),
        RECOGNISED: term("Sản phẩm chưa được công nhận hạng sao."),
    },
)

_KIND_LABELS = {
    EnrolmentKind.FIRST: term("Đánh giá lần đầu"),
    EnrolmentKind.UPGRADE: term("Nâng hạng"),
    EnrolmentKind.RE_EVALUATION: term("Đánh giá, phân hạng lại"),
}
_MOVE_LABELS = {
    JourneyMove.ACCEPT_IDEA: term("Sang bước lập phương án"),
    JourneyMove.ACCEPT_PLAN: term("Sang bước triển khai"),
    JourneyMove.FINISH_IMPLEMENTATION: term("Kết thúc triển khai, mở bước đánh giá"),
    JourneyMove.OPEN_PROMOTION: term("Mở bước xúc tiến thương mại"),
}
