"""What somebody must answer by a day: a buyer's enquiry, a citizen's report.

Both run one course: it is received, somebody takes it, it is answered once.
"""

from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.machine import Machine, Transition
from registry.domain.text import term

SHORTEST_TEXT = 10


class AnswerState(StrEnum):
    """Where it stands."""

    RECEIVED = "received"
    TAKEN = "taken"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class AnswerMove(StrEnum):
    """What may happen to it."""

    TAKE = "take"
    ANSWER = "answer"


def check_text(text: str, *, code: str, sentence: str) -> None:
    """A text that can be answered; the sentence says what is missing and names `%(least)s`."""
    if len(text.strip()) < SHORTEST_TEXT:
        raise RuleBroken(code, sentence, field="text", least=SHORTEST_TEXT)


_LABELS = {
    AnswerState.RECEIVED: term("Chờ trả lời"),
    AnswerState.TAKEN: term("Đang xem xét"),
    AnswerState.ANSWERED: term("Đã trả lời"),
}
_TONES = {
    AnswerState.RECEIVED: "warn",
    AnswerState.TAKEN: "info",
    AnswerState.ANSWERED: "good",
}
ANSWERING = Machine(
    "answering",
    (
        Transition(AnswerMove.TAKE, frozenset({AnswerState.RECEIVED}), AnswerState.TAKEN),
        Transition(
            AnswerMove.ANSWER,
            frozenset({AnswerState.RECEIVED, AnswerState.TAKEN}),
            AnswerState.ANSWERED,
            needs=("answer",),
        ),
    ),
    {"answer": term("Hãy ghi câu trả lời.")},
)
