"""Answers as one field each: what a radio group of the sheet holds, in one word.

The word is the chosen option's id, or that no option is met, or nothing while unanswered.
"""

from scoring.domain.sheet import Choices

NONE = "khong"
UNANSWERED = ""


def answer_of(choices: Choices, code: str) -> str:
    """What the group of a criterion holds."""
    if code not in choices:
        return UNANSWERED
    return choices[code] or NONE


def answered(choices: Choices, answers: dict[str, str]) -> dict[str, str | None]:
    """The choices after these answers; an answer that was taken back is none."""
    after = {**choices}
    for code, answer in answers.items():
        if answer == UNANSWERED:
            after.pop(code, None)
        else:
            after[code] = None if answer == NONE else answer
    return after
