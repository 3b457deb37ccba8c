"""A session and the items of its agenda: two tables of states.

A session is called, opened, and closed when nothing on its agenda is left to decide; one that is
not held is cancelled. A dossier on the agenda is listed until the session opens, then scored in
one ballot or more, and ends with a result, without one (the sheets lie too far apart after the
last round of reconciliation), or stopped by a ground that ends the scoring.
"""

from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.text import term


class SessionState(StrEnum):
    """Where a council's meeting is."""

    CALLED = "called"
    OPENED = "opened"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _SESSION_LABELS[self]

    @property
    def is_running(self) -> bool:
        return self in {SessionState.CALLED, SessionState.OPENED}

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class SessionMove(StrEnum):
    """What may happen to a session."""

    OPEN = "open"
    CLOSE = "close"
    CANCEL = "cancel"


class ItemState(StrEnum):
    """Where a dossier of the agenda is."""

    LISTED = "listed"
    SCORING = "scoring"
    CONCLUDED = "concluded"
    WITHOUT_RESULT = "without_result"
    STOPPED = "stopped"
    REFERRED = "referred"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        return _ITEM_LABELS[self]

    @property
    def is_pending(self) -> bool:
        return self in PENDING

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class ItemMove(StrEnum):
    """What may happen to an item."""

    START = "start"
    RECONCILE = "reconcile"
    AFTER_TESTS = "after_tests"
    CONCLUDE = "conclude"
    GIVE_UP = "give_up"
    STOP = "stop"
    REFER = "refer"
    REMOVE = "remove"


PENDING = frozenset({ItemState.LISTED, ItemState.SCORING})
_SCORING = frozenset({ItemState.SCORING})

_SESSION_LABELS = {
    SessionState.CALLED: term("Đã triệu tập"),
    SessionState.OPENED: term("Đang họp"),
    SessionState.CLOSED: term("Đã kết thúc"),
    SessionState.CANCELLED: term("Đã hủy"),
}
_ITEM_LABELS = {
    ItemState.LISTED: term("Chờ họp"),
    ItemState.SCORING: term("Đang chấm"),
    ItemState.CONCLUDED: term("Đã kết luận"),
    ItemState.WITHOUT_RESULT: term("Không có kết quả"),
    ItemState.STOPPED: term("Dừng chấm"),
    ItemState.REFERRED: term("Chuyển ra họp"),
    ItemState.REMOVED: term("Đã rút khỏi phiên"),
}

SESSION = Machine(
    "session",
    (
        Transition(SessionMove.OPEN, frozenset({SessionState.CALLED}), SessionState.OPENED),
        Transition(
            SessionMove.CLOSE,
            frozenset({SessionState.OPENED}),
            SessionState.CLOSED,
            needs=("nothing_pending",),
        ),
        Transition(SessionMove.CANCEL, frozenset({SessionState.CALLED}), SessionState.CANCELLED),
    ),
    {"nothing_pending": term("Chương trình họp còn hồ sơ chưa có kết luận.")},
)

ITEM = Machine(
    "item",
    (
        Transition(ItemMove.START, frozenset({ItemState.LISTED}), ItemState.SCORING),
        Transition(
            ItemMove.RECONCILE,
            _SCORING,
            ItemState.SCORING,
            clause="Quy chế hội đồng",
            needs=("spread_too_wide", "round_left"),
        ),
        Transition(
            ItemMove.AFTER_TESTS,
            _SCORING,
            ItemState.SCORING,
            clause="Quy chế hội đồng",
            needs=("tests_awaited",),
        ),
        Transition(ItemMove.CONCLUDE, _SCORING, ItemState.CONCLUDED, clause="Điều 7.3"),
        Transition(
            ItemMove.GIVE_UP,
            _SCORING,
            ItemState.WITHOUT_RESULT,
            clause="Quy chế hội đồng",
            needs=("spread_too_wide", "no_round_left"),
        ),
        Transition(ItemMove.STOP, _SCORING, ItemState.STOPPED, clause="Phụ lục II"),
        Transition(
            ItemMove.REFER,
            _SCORING,
            ItemState.REFERRED,
            clause="Điều 7.6",
            needs=("written", "reason"),
        ),
        Transition(ItemMove.REMOVE, frozenset({ItemState.LISTED}), ItemState.REMOVED),
    ),
    {
        "spread_too_wide": term("Chênh lệch giữa các phiếu không vượt mức quy chế cho phép."),
        "round_left": term("Đã hết số lượt chấm lại theo quy chế; hồ sơ phải được trả lại."),
        "tests_awaited": term("Quy chế không có lượt chấm sau kiểm nghiệm, hoặc lượt đó đã mở."),
        "written": term("Chỉ hồ sơ đang lấy ý kiến bằng văn bản mới được chuyển ra họp."),
        "reason": term("Hãy ghi rõ vì sao phải họp."),
        "no_round_left": term("Vẫn còn lượt chấm lại theo quy chế."),
    },
)
