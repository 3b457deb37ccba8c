"""Physical samples: how many are owed, how many lie in the store, what may happen to them.

QĐ 26/2026, Điều 6.2 and 7: five units go with the dossier, none for the tourism sets; how many is
data of the set. A sample is known by a number that says nothing of its producer, so that the
table of a council does not either. Events are only ever added; the store is their sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.text import term


class CustodyKind(StrEnum):
    """What happened to units of a sample."""

    RECEIVED = "received"
    MOVED = "moved"
    TASTED = "tasted"
    GIVEN_BACK = "given_back"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def sign(self) -> int:
        """1 where units come in, -1 where they are gone, 0 where they only change their place."""
        return _SIGNS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]

    @classmethod
    def later(cls) -> list["CustodyKind"]:
        """What may follow after samples were received."""
        return [kind for kind in cls if kind is not cls.RECEIVED]


@dataclass(frozen=True)
class Stock:
    """Units that are owed by the rule and units that lie in the store."""

    required: int
    held: int

    @property
    def missing(self) -> int:
        return max(self.required - self.held, 0)


@dataclass(frozen=True)
class Arrival:
    """Units that are owed by the rule and units that came in, whatever became of them since."""

    required: int
    received: int

    @property
    def is_short(self) -> bool:
        return self.received < self.required


def held(events: Iterable[tuple[CustodyKind, int]]) -> int:
    """The units in the store after these events."""
    return sum(kind.sign * units for kind, units in events)


def check(kind: CustodyKind, units: int, stock: Stock) -> None:
    """Refuses samples of a set that owes none, no units, and more than lie in the store."""
    if kind is CustodyKind.RECEIVED and stock.required == 0:
        raise RuleBroken("sample.none_owed", term("Bộ sản phẩm này không phải nộp mẫu."))
    if units < 1:
        raise RuleBroken("sample.units", term("Hãy ghi ít nhất một mẫu."), field="units")
    if kind is not CustodyKind.RECEIVED and units > stock.held:
        raise RuleBroken(
            "sample.too_many",
            term("Trong kho chỉ còn %(held)s mẫu."),
            field="units",
            held=stock.held,
        )


_SIGNS = {
    CustodyKind.RECEIVED: 1,
    CustodyKind.MOVED: 0,
    CustodyKind.TASTED: -1,
    CustodyKind.GIVEN_BACK: -1,
    CustodyKind.DISCARDED: -1,
}
_LABELS = {
    CustodyKind.RECEIVED: term("Nhận mẫu"),
    CustodyKind.MOVED: term("Chuyển nơi giữ"),
    CustodyKind.TASTED: term("Đưa ra hội đồng"),
    CustodyKind.GIVEN_BACK: term("Trả lại chủ thể"),
    CustodyKind.DISCARDED: term("Hủy mẫu"),
}
