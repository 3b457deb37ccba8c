"""One word for each radio group, there and back."""

import pytest

from scoring.domain.answers import NONE, UNANSWERED, answer_of, answered

HELD: dict[str, str | None] = {"1.1": "x/1.1/3", "1.2": None}


@pytest.mark.parametrize(("code", "word"), [("1.1", "x/1.1/3"), ("1.2", NONE), ("1.3", UNANSWERED)])
def test_an_answer_is_the_option_no_option_or_nothing(code: str, word: str) -> None:
    assert answer_of(HELD, code) == word


def test_answers_are_taken_in_and_taken_back() -> None:
    words = {"1.1": UNANSWERED, "1.2": "x/1.2/1", "1.3": NONE, "1.4": UNANSWERED}

    assert answered(HELD, words) == {"1.2": "x/1.2/1", "1.3": None}
    assert HELD == {"1.1": "x/1.1/3", "1.2": None}
