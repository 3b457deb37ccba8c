"""Inspections after recognition: planned for a year or ad hoc, with a checklist and findings.

Quyết định 26/2026/QĐ-TTg, Điều 9: periodic and ad hoc checks of the criteria that have to be kept
and of the use of the mark; the province for its own area, the ministry for five stars. A finding
has a day by which it is to be mended, and may propose that the authority suspend or revoke.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.machine import Machine, Transition
from registry.domain.text import term
from scoring.domain.decision_states import DecisionKind
from scoring.domain.rubric import Rubric


class InspectionKind(StrEnum):
    """Why the visit is made."""

    PLANNED = "planned"
    AD_HOC = "ad_hoc"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


class InspectionState(StrEnum):
    """Where an inspection stands."""

    ORDERED = "ordered"
    RECORDED = "recorded"
    CLOSED = "closed"
    CANCELLED = "cancelled"

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


class InspectionMove(StrEnum):
    """What may happen to an inspection."""

    RECORD = "record"
    CLOSE = "close"
    CANCEL = "cancel"


class Answer(StrEnum):
    """What was seen of one line of the checklist."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"
    NOT_SEEN = "not_seen"

    @property
    def label(self) -> str:
        return _ANSWER_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(answer.value, answer.label) for answer in cls]


class Proposal(StrEnum):
    """What a finding asks of the authority."""

    NONE = "none"
    SUSPEND = "suspend"
    REVOKE = "revoke"

    @property
    def label(self) -> str:
        return _PROPOSAL_LABELS[self]

    @property
    def kind(self) -> DecisionKind | None:
        """The decision that it proposes."""
        return None if self is Proposal.NONE else DecisionKind(self.value)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(proposal.value, proposal.label) for proposal in cls]


@dataclass(frozen=True)
class CheckItem:
    """One line of the checklist, as it is printed and kept."""

    code: str
    text: str
    clause: str


def checklist(rubric: Rubric, stars: int, standing: Iterable[CheckItem]) -> tuple[CheckItem, ...]:
    """What the product must have kept for its stars, then the use of the mark.

    A criterion counts with the fewest points that it needs for these stars; a rubric without such
    marks gives its sections as a whole.
    """
    needed: dict[str, int] = {}
    for gate in rubric.gates:
        if gate.star <= stars:
            needed[gate.criterion] = max(gate.min_points, needed.get(gate.criterion, 0))
    kept = [_criterion(rubric, code, points) for code, points in needed.items()]
    sections = [] if kept else [_section(each.code, each.name) for each in rubric.sections()]
    return (*kept, *sections, *standing)


def check_answers(items: Iterable[CheckItem], answers: Mapping[str, str]) -> None:
    """Every line has an answer; what is not kept says so, what was not seen too."""
    missing = [item.text for item in items if item.code not in answers]
    if missing:
        raise RuleBroken(
            "inspection.unanswered",
            term("Còn %(count)s dòng chưa có kết quả, đầu tiên là “%(first)s”."),
            count=len(missing),
            first=missing[0],
        )


def check_finding(
    text: str, *, due_on: date | None, visited_on: date, proposal: Proposal, has_ground: bool
) -> None:
    """A finding says what is wrong and until when; a proposal names its ground."""
    if not text.strip():
        raise RuleBroken("finding.text", term("Hãy ghi điều phát hiện."), field="text")
    if proposal is Proposal.NONE and due_on is None:
        raise RuleBroken("finding.due", term("Hãy đặt hạn khắc phục."), field="due_on")
    if due_on is not None and due_on < visited_on:
        raise RuleBroken(
            "finding.due_past", term("Hạn khắc phục phải sau ngày kiểm tra."), field="due_on"
        )
    if proposal is not Proposal.NONE and not has_ground:
        raise RuleBroken("finding.ground", term("Hãy chọn căn cứ của đề nghị."), field="ground")


def _criterion(rubric: Rubric, code: str, points: int) -> CheckItem:
    criterion = rubric.by_code[code]
    option = next(each for each in criterion.options if each.points == points)
    return CheckItem(f"c-{code}", f"{code} {criterion.name}: {option.label}", criterion.clause)


def _section(code: str, name: str) -> CheckItem:
    return CheckItem(f"s-{code}", f"{code} {name}", "")


_KIND_LABELS = {
    InspectionKind.PLANNED: term("Định kỳ theo kế hoạch"),
    InspectionKind.AD_HOC: term("Đột xuất"),
}
_STATE_LABELS = {
    InspectionState.ORDERED: term("Chờ kiểm tra"),
    InspectionState.RECORDED: term("Đã kiểm tra, còn theo dõi"),
    InspectionState.CLOSED: term("Đã khép"),
    InspectionState.CANCELLED: term("Đã hủy"),
}
_STATE_TONES = {
    InspectionState.ORDERED: "info",
    InspectionState.RECORDED: "warn",
    InspectionState.CLOSED: "good",
    InspectionState.CANCELLED: "neutral",
}
_ANSWER_LABELS = {
    Answer.KEPT: term("Đạt"),
    Answer.NOT_KEPT: term("Không đạt"),
    Answer.NOT_SEEN: term("Chưa kiểm tra được"),
}
_PROPOSAL_LABELS = {
    Proposal.NONE: term("Yêu cầu khắc phục"),
    Proposal.SUSPEND: term("Đề nghị tạm dừng hiệu lực"),
    Proposal.REVOKE: term("Đề nghị thu hồi"),
}
INSPECTION = Machine(
    "inspection",
    (
        Transition(
            InspectionMove.RECORD,
            frozenset({InspectionState.ORDERED}),
            InspectionState.RECORDED,
            clause="Điều 9",
        ),
        Transition(
            InspectionMove.CLOSE,
            frozenset({InspectionState.RECORDED}),
            InspectionState.CLOSED,
            needs=("settled",),
        ),
        Transition(
            InspectionMove.CANCEL,
            frozenset({InspectionState.ORDERED}),
            InspectionState.CANCELLED,
            needs=("reason",),
        ),
    ),
    {
        "settled": term("Còn phát hiện chưa khắc phục hoặc đề nghị chưa có quyết định."),
        "reason": term("Hãy ghi rõ lý do hủy."),
    },
)
