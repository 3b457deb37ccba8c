"""A product's application to an event, and what the event brought it.

The office selects or declines it with a reason, notes who came, and either side says the contracts
as a count and the revenue in whole đồng.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.text import term


class EntryState(StrEnum):
    """Where a product's application stands."""

    APPLIED = "applied"
    SELECTED = "selected"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ATTENDED = "attended"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        return _ENTRY_LABELS[self]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _ENTRY_TONES[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class EntryMove(StrEnum):
    """What may happen to an application."""

    SELECT = "select"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    ATTEND = "attend"
    MISS = "miss"


# Those that hold a place at the event.
CHOSEN = (EntryState.SELECTED, EntryState.ATTENDED, EntryState.ABSENT)

# Those after which the same product may not apply again.
STANDING = (EntryState.APPLIED, EntryState.DECLINED, *CHOSEN)


@dataclass(frozen=True)
class Outcome:
    """What an event brought a product: contracts as a count, revenue in whole đồng."""

    contracts: int
    revenue: int


@dataclass(frozen=True)
class Totals:
    """What an event brought altogether; None is “nobody has said yet”."""

    products: int
    contracts: int | None
    revenue: int | None


def totals(outcomes: Iterable[Outcome | None]) -> Totals:
    """The figures of those who came added up; those who said nothing count as products only."""
    came = list(outcomes)
    told = [outcome for outcome in came if outcome is not None]
    if not told:
        return Totals(len(came), None, None)
    return Totals(
        len(came), sum(each.contracts for each in told), sum(each.revenue for each in told)
    )


_ENTRY_LABELS = {
    EntryState.APPLIED: term("Chờ chọn"),
    EntryState.SELECTED: term("Được chọn"),
    EntryState.DECLINED: term("Không được chọn"),
    EntryState.WITHDRAWN: term("Đã rút"),
    EntryState.ATTENDED: term("Đã tham gia"),
    EntryState.ABSENT: term("Vắng mặt"),
}

_ENTRY_TONES = {
    EntryState.APPLIED: "warn",
    EntryState.SELECTED: "info",
    EntryState.DECLINED: "bad",
    EntryState.WITHDRAWN: "neutral",
    EntryState.ATTENDED: "good",
    EntryState.ABSENT: "bad",
}

ENTRY = Machine(
    "entry",
    (
        Transition(
            EntryMove.SELECT,
            frozenset({EntryState.APPLIED, EntryState.DECLINED}),
            EntryState.SELECTED,
            needs=("reason", "recognised"),
        ),
        Transition(
            EntryMove.DECLINE,
            frozenset({EntryState.APPLIED, EntryState.SELECTED}),
            EntryState.DECLINED,
            needs=("reason",),
        ),
        Transition(
            EntryMove.WITHDRAW,
            frozenset({EntryState.APPLIED, EntryState.SELECTED}),
            EntryState.WITHDRAWN,
        ),
        Transition(
            EntryMove.ATTEND,
            frozenset({EntryState.SELECTED, EntryState.ABSENT}),
            EntryState.ATTENDED,
            needs=("started",),
        ),
        Transition(
            EntryMove.MISS,
            frozenset({EntryState.SELECTED, EntryState.ATTENDED}),
            EntryState.ABSENT,
            needs=("started",),
        ),
    ),
    {
        "reason": term("Hãy ghi lý do chọn hoặc không chọn."),
        "recognised": term("Giấy chứng nhận của sản phẩm không còn hiệu lực vào ngày khai mạc."),
        "started": term("Chỉ ghi có mặt từ ngày khai mạc."),
    },
)
