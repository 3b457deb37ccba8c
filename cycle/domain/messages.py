"""The talk between a producer and the offices about one enrolment: whose answer is waited for.

A question waits for the other side until that side has written. A message without a question
ends the waiting for its own side and leaves the waiting for the other as it is.
"""

from enum import StrEnum

from registry.domain.text import term


class Side(StrEnum):
    """Who writes, and whose answer is waited for."""

    PRODUCER = "producer"
    OFFICE = "office"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def other(self) -> "Side":
        return _OTHERS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(side.value, side.label) for side in cls]


def awaited_after(awaited: Side, *, writer: Side, asks: bool) -> Side:
    """Whose answer is waited for once `writer` has written."""
    if asks:
        return writer.other
    return Side.NOBODY if awaited is writer else awaited


_LABELS = {
    Side.PRODUCER: term("Chủ thể"),
    Side.OFFICE: term("Cơ quan"),
    Side.NOBODY: term("Không chờ ai"),
}
_OTHERS = {
    Side.PRODUCER: Side.OFFICE,
    Side.OFFICE: Side.PRODUCER,
    Side.NOBODY: Side.NOBODY,
}
