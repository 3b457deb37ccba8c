"""The way of a register from its file into the portal, and out again.

A file is mapped, checked without writing, loaded as a whole or not at all, and may be undone. What
fails in the middle is unmade by itself: nothing stays half-loaded.
"""

from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.text import term


class ImportState(StrEnum):
    """How far a register has come."""

    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    LOADING = "loading"
    LOADED = "loaded"
    REVERTING = "reverting"
    UNDOING = "undoing"
    UNDONE = "undone"

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


class ImportMove(StrEnum):
    """What may happen to a register."""

    CHECK = "check"
    GIVE_UP = "give_up"
    FIND = "find"
    LOAD = "load"
    FINISH = "finish"
    FAIL = "fail"
    REVERT = "revert"
    UNDO = "undo"
    END = "end"


class Outcome(StrEnum):
    """What a line is, or became."""

    NEW = "new"
    KNOWN = "known"
    FAULTY = "faulty"
    KEPT = "kept"

    @property
    def label(self) -> str:
        return _OUTCOMES[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(outcome.value, outcome.label) for outcome in cls]


WORKING = frozenset(
    {
        ImportState.CHECKING,
        ImportState.LOADING,
        ImportState.REVERTING,
        ImportState.UNDOING,
    }
)
_LABELS = {
    ImportState.MAPPING: term("Chờ chọn cột"),
    ImportState.CHECKING: term("Đang kiểm tra"),
    ImportState.CHECKED: term("Đã kiểm tra, chưa ghi"),
    ImportState.LOADING: term("Đang ghi"),
    ImportState.LOADED: term("Đã ghi"),
    ImportState.REVERTING: term("Đang gỡ phần vừa ghi"),
    ImportState.UNDOING: term("Đang gỡ"),
    ImportState.UNDONE: term("Đã gỡ"),
}
_OUTCOMES = {
    Outcome.NEW: term("Mới"),
    Outcome.KNOWN: term("Đã có trên cổng"),
    Outcome.FAULTY: term("Có lỗi"),
    Outcome.KEPT: term("Không gỡ được"),
}
IMPORT = Machine(
    "register",
    (
        Transition(
            ImportMove.CHECK,
            frozenset({ImportState.MAPPING, ImportState.CHECKED, ImportState.UNDONE}),
            ImportState.CHECKING,
        ),
        Transition(ImportMove.GIVE_UP, frozenset({ImportState.CHECKING}), ImportState.MAPPING),
        Transition(ImportMove.FIND, frozenset({ImportState.CHECKING}), ImportState.CHECKED),
        Transition(
            ImportMove.LOAD,
            frozenset({ImportState.CHECKED}),
            ImportState.LOADING,
            needs=("lines", "faultless"),
        ),
        Transition(ImportMove.FINISH, frozenset({ImportState.LOADING}), ImportState.LOADED),
        Transition(ImportMove.FAIL, frozenset({ImportState.LOADING}), ImportState.REVERTING),
        Transition(ImportMove.REVERT, frozenset({ImportState.REVERTING}), ImportState.CHECKED),
        Transition(ImportMove.UNDO, frozenset({ImportState.LOADED}), ImportState.UNDOING),
        Transition(ImportMove.END, frozenset({ImportState.UNDOING}), ImportState.UNDONE),
    ),
    {
        "lines": term("Tệp không có dòng sản phẩm nào."),
        "faultless": term("Còn dòng có lỗi: hãy sửa tệp rồi tải lại. Chưa dòng nào được ghi."),
    },
)
