"""The journey of a dossier from the subject's desk to a result (QĐ 26/2026, Điều 6 and 7;
QĐ 1048/2019 with QĐ 781/2020 for the chain with districts).

The subject lodges; under a regime with a commune report the commune's People's Committee reports
first (four items, fifteen working days). The scoring level whose turn it is finds the dossier
complete and receives it, puts it before its council, and the result goes up, is recognised, or is
not. A dossier that goes up waits until the next level has received it. What was sent back is
lodged again at the level that sent it back. Which of the two first legs applies depends on
where the dossier goes when it is lodged, so there are two tables with the same names.
"""

from datetime import date
from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.regime import Level
from registry.domain.text import term


class DossierState(StrEnum):
    """Where a dossier stands."""

    DRAFT = "draft"
    AT_COMMUNE = "at_commune"
    LODGED = "lodged"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    IN_COUNCIL = "in_council"
    CONCLUDED = "concluded"
    FORWARDED = "forwarded"
    RECOGNISED = "recognised"
    NOT_RECOGNISED = "not_recognised"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]

    @property
    def is_open(self) -> bool:
        """Whether the subject may write in it."""
        return self in OPEN

    @property
    def is_ended(self) -> bool:
        return self in ENDED

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class DossierMove(StrEnum):
    LODGE = "lodge"
    REPORT = "report_by_commune"
    RECEIVE = "receive"
    RETURN = "return_for_changes"
    TAKE_TO_COUNCIL = "take_to_council"
    POSTPONE = "postpone"
    SEND_BACK = "send_back"
    CONCLUDE = "conclude"
    NEXT_BODY = "next_body"
    FORWARD = "forward"
    HAND_DOWN = "hand_down"
    RESCORE = "rescore"
    RECOGNISE = "recognise"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"

    @property
    def label(self) -> str:
        return _MOVE_LABELS[self]


SELF_ASSESSED = "self_assessment_complete"
WRITTEN = "written"
EVIDENCE = "evidence_complete"
IN_TIME = "in_time"
REASON = "reason"
ITEMS_NAMED = "items_named"
LEVEL_ABOVE = "level_above"
LEVEL_BELOW = "level_below"
STARS = "recognised_stars"
BODY_AFTER = "body_after"

OPEN = frozenset({DossierState.DRAFT, DossierState.RETURNED})
ENDED = frozenset({DossierState.RECOGNISED, DossierState.NOT_RECOGNISED, DossierState.WITHDRAWN})
# A level that scores has taken the file in, or is about to: its samples are owed.
WITH_SAMPLES = frozenset(
    {
        DossierState.LODGED,
        DossierState.FORWARDED,
        DossierState.ACCEPTED,
        DossierState.IN_COUNCIL,
    }
)
JUDGED = frozenset(
    {
        DossierState.IN_COUNCIL,
        DossierState.CONCLUDED,
        DossierState.RECOGNISED,
        DossierState.NOT_RECOGNISED,
    }
)
AT_THE_COUNCIL = frozenset({DossierState.IN_COUNCIL, DossierState.CONCLUDED})

NEEDS = {
    SELF_ASSESSED: term("Báo cáo tự đánh giá chưa trả lời hết các tiêu chí."),
    WRITTEN: term("Chưa điền đủ các mục bắt buộc của hồ sơ."),
    EVIDENCE: term("Còn thiếu minh chứng bắt buộc hoặc minh chứng đã hết hạn."),
    IN_TIME: term("Đợt này không còn nhận hồ sơ."),
    REASON: term("Hãy ghi rõ lý do để chủ thể biết cần làm gì."),
    ITEMS_NAMED: term("Hãy chỉ ra ít nhất một mục cần sửa."),
    LEVEL_ABOVE: term("Theo bộ quy định của hồ sơ, cấp đó không phải là cấp đánh giá tiếp theo."),
    LEVEL_BELOW: term("Theo bộ quy định của hồ sơ, cấp đó không phải là cấp đánh giá bên dưới."),
    BODY_AFTER: term("Ở cấp này không còn hội đồng nào chấm tiếp."),
    STARS: term("Hạng sao này không được công nhận bằng quyết định."),
}


def _rows(lodged_to: DossierState) -> tuple[Transition, ...]:
    state, move = DossierState, DossierMove
    return (
        Transition(
            move.LODGE,
            OPEN,
            lodged_to,
            clause="26/2026 Đ.7",
            needs=(WRITTEN, SELF_ASSESSED, EVIDENCE, IN_TIME),
        ),
        Transition(
            move.REPORT, frozenset({state.AT_COMMUNE}), state.LODGED, clause="26/2026 Đ.7.1"
        ),
        Transition(
            move.RECEIVE,
            frozenset({state.LODGED, state.FORWARDED}),
            state.ACCEPTED,
            clause="26/2026 Đ.7.2",
            needs=(EVIDENCE,),
        ),
        Transition(
            move.RETURN,
            frozenset({state.AT_COMMUNE, state.LODGED, state.FORWARDED, state.ACCEPTED}),
            state.RETURNED,
            clause="26/2026 Đ.7.2",
            needs=(ITEMS_NAMED,),
        ),
        Transition(
            move.TAKE_TO_COUNCIL,
            frozenset({state.ACCEPTED}),
            state.IN_COUNCIL,
            clause="26/2026 Đ.7.3",
        ),
        Transition(move.POSTPONE, frozenset({state.IN_COUNCIL}), state.ACCEPTED),
        Transition(
            move.SEND_BACK,
            AT_THE_COUNCIL,
            state.RETURNED,
            clause="26/2026 Đ.7.3",
            needs=(REASON,),
        ),
        Transition(
            move.CONCLUDE,
            frozenset({state.IN_COUNCIL}),
            state.CONCLUDED,
            clause="26/2026 Đ.7.4",
        ),
        Transition(
            move.NEXT_BODY,
            frozenset({state.CONCLUDED}),
            state.ACCEPTED,
            needs=(BODY_AFTER,),
        ),
        Transition(
            move.FORWARD,
            AT_THE_COUNCIL | {state.RECOGNISED},
            state.FORWARDED,
            clause="26/2026 Đ.7.4; 1048/2019",
            needs=(LEVEL_ABOVE,),
        ),
        Transition(
            move.HAND_DOWN,
            AT_THE_COUNCIL,
            state.ACCEPTED,
            clause="26/2026 Đ.7.5",
            needs=(LEVEL_BELOW,),
        ),
        Transition(
            move.RESCORE,
            frozenset({state.CONCLUDED, state.RECOGNISED, state.NOT_RECOGNISED}),
            state.ACCEPTED,
            clause="Luật Khiếu nại 2011",
            needs=(REASON,),
        ),
        Transition(
            move.RECOGNISE,
            AT_THE_COUNCIL,
            state.RECOGNISED,
            clause="26/2026 Đ.4",
            needs=(STARS,),
        ),
        Transition(move.REFUSE, AT_THE_COUNCIL, state.NOT_RECOGNISED, clause="26/2026 Đ.3"),
        Transition(
            move.WITHDRAW,
            OPEN | {state.AT_COMMUNE, state.LODGED, state.ACCEPTED},
            state.WITHDRAWN,
        ),
    )


_THROUGH_COMMUNE = Machine("dossier", _rows(DossierState.AT_COMMUNE), NEEDS)
_STRAIGHT = Machine("dossier", _rows(DossierState.LODGED), NEEDS)


def evidence_day(state: DossierState, *, on: date, session_day: date | None) -> date:
    """The day by which papers are judged: that of the council's session, where there is one.

    A dossier that has gone back to somebody since that session is judged by today.
    """
    if session_day is None:
        return on
    return session_day if state in JUDGED else max(on, session_day)


def table(level: Level | str) -> Machine:
    """The table of a dossier whose turn is at `level`: the commune's turn is its report."""
    return _THROUGH_COMMUNE if Level(level) is Level.COMMUNE else _STRAIGHT


_STATE_LABELS = {
    DossierState.DRAFT: term("Đang soạn"),
    DossierState.AT_COMMUNE: term("Chờ báo cáo của UBND cấp xã"),
    DossierState.LODGED: term("Đã nộp, chờ tiếp nhận"),
    DossierState.RETURNED: term("Cần sửa"),
    DossierState.ACCEPTED: term("Đã tiếp nhận, chờ hội đồng"),
    DossierState.IN_COUNCIL: term("Đang ở hội đồng"),
    DossierState.CONCLUDED: term("Hội đồng đã kết luận"),
    DossierState.FORWARDED: term("Đã chuyển lên, chờ cấp trên tiếp nhận"),
    DossierState.RECOGNISED: term("Được công nhận"),
    DossierState.NOT_RECOGNISED: term("Chưa được công nhận"),
    DossierState.WITHDRAWN: term("Đã rút"),
}
_MOVE_LABELS = {
    DossierMove.LODGE: term("Nộp hồ sơ"),
    DossierMove.REPORT: term("Gửi báo cáo của UBND cấp xã"),
    DossierMove.RECEIVE: term("Tiếp nhận hồ sơ"),
    DossierMove.RETURN: term("Trả lại để hoàn thiện"),
    DossierMove.TAKE_TO_COUNCIL: term("Đưa ra hội đồng"),
    DossierMove.POSTPONE: term("Rút khỏi phiên họp"),
    DossierMove.SEND_BACK: term("Hội đồng trả lại"),
    DossierMove.CONCLUDE: term("Hội đồng kết luận"),
    DossierMove.NEXT_BODY: term("Chuyển hội đồng tiếp theo cùng cấp"),
    DossierMove.FORWARD: term("Chuyển cấp trên"),
    DossierMove.HAND_DOWN: term("Giao cấp dưới đánh giá lại"),
    DossierMove.RESCORE: term("Chấm lại sau khiếu nại"),
    DossierMove.RECOGNISE: term("Công nhận hạng sao"),
    DossierMove.REFUSE: term("Chưa công nhận"),
    DossierMove.WITHDRAW: term("Rút hồ sơ"),
}
