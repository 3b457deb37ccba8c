"""The way of one act on many rows: asked for, tried without keeping anything, confirmed, done.

What the preview says of a row is what the service itself answered in a trial that was taken back;
nothing is guessed. Only rows whose trial went well are done after the confirmation.
"""

from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.text import term


class BulkState(StrEnum):
    """How far a bulk act has come."""

    ASKING = "asking"
    CHECKING = "checking"
    READY = "ready"
    RUNNING = "running"
    DONE = "done"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_working(self) -> bool:
        """A worker has something to do; the row is the queue."""
        return self in WORKING

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class BulkMove(StrEnum):
    """What may happen to a bulk act."""

    CHECK = "check"
    FIND = "find"
    CONFIRM = "confirm"
    FINISH = "finish"


class RowOutcome(StrEnum):
    """What was found of a row, or became of it."""

    WAITING = "waiting"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return _OUTCOMES[self]

    @property
    def tone(self) -> str:
        return _TONES[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(outcome.value, outcome.label) for outcome in cls]


WORKING = frozenset({BulkState.CHECKING, BulkState.RUNNING})
_LABELS = {
    BulkState.ASKING: term("Chờ ghi nội dung"),
    BulkState.CHECKING: term("Đang thử từng dòng"),
    BulkState.READY: term("Chờ xác nhận"),
    BulkState.RUNNING: term("Đang làm"),
    BulkState.DONE: term("Đã làm xong"),
}
_OUTCOMES = {
    RowOutcome.WAITING: term("Chưa tới lượt"),
    RowOutcome.POSSIBLE: term("Làm được"),
    RowOutcome.IMPOSSIBLE: term("Không làm được"),
    RowOutcome.DONE: term("Đã làm"),
    RowOutcome.REFUSED: term("Bị từ chối"),
    RowOutcome.FAILED: term("Lỗi của cổng"),
}
_TONES = {
    RowOutcome.WAITING: "neutral",
    RowOutcome.POSSIBLE: "info",
    RowOutcome.IMPOSSIBLE: "warn",
    RowOutcome.DONE: "good",
    RowOutcome.REFUSED: "bad",
    RowOutcome.FAILED: "bad",
}
BULK = Machine(
    "bulk",
    (
        Transition(
            BulkMove.CHECK,
            frozenset({BulkState.ASKING, BulkState.READY}),
            BulkState.CHECKING,
        ),
        Transition(BulkMove.FIND, frozenset({BulkState.CHECKING}), BulkState.READY),
        Transition(
            BulkMove.CONFIRM, frozenset({BulkState.READY}), BulkState.RUNNING, needs=("possible",)
        ),
        Transition(BulkMove.FINISH, frozenset({BulkState.RUNNING}), BulkState.DONE),
    ),
    {"possible": term("Không dòng nào làm được; hãy quay lại danh sách và chọn dòng khác.")},
)
