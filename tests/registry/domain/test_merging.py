"""Two devices write in one field: what becomes of it."""

import unicodedata

import pytest

from registry.domain.merging import Outcome, mark_of, marks_of, outcome, outcome_of_writing

OLD, MINE, THEIRS = "Chè búp", "Chè búp sao tay", "Chè búp hữu cơ"


@pytest.mark.parametrize(
    ("stored", "sent", "seen", "expected"),
    [
        (OLD, OLD, OLD, Outcome.SAME),
        (MINE, MINE, OLD, Outcome.SAME),
        (THEIRS, OLD, OLD, Outcome.UNTOUCHED),
        (OLD, MINE, OLD, Outcome.WRITTEN),
        (OLD, "", OLD, Outcome.WRITTEN),
        (THEIRS, MINE, OLD, Outcome.CONFLICT),
        ("", MINE, OLD, Outcome.CONFLICT),
        (OLD, f"{OLD} ", OLD, Outcome.WRITTEN),
        (None, 5_000_000, None, Outcome.WRITTEN),
        (5_000_000, 5_000_000, None, Outcome.SAME),
    ],
)
def test_a_field_of_a_form(stored: object, sent: object, seen: object, expected: Outcome) -> None:
    assert outcome(stored, sent, mark_of(seen)) is expected


def test_who_says_nothing_of_what_was_read_fills_only_what_is_empty() -> None:
    assert outcome("", MINE, None) is Outcome.WRITTEN
    assert outcome(THEIRS, MINE, None) is Outcome.CONFLICT


@pytest.mark.parametrize(
    ("stored", "known", "expected"),
    [
        (MINE, [OLD], Outcome.SAME),
        (OLD, [OLD], Outcome.WRITTEN),
        ("Chè búp s", [OLD, "Chè búp s"], Outcome.WRITTEN),
        (THEIRS, [OLD, "Chè búp s"], Outcome.CONFLICT),
        (THEIRS, [], Outcome.CONFLICT),
    ],
)
def test_a_field_that_was_written_in(stored: str, known: list[str], expected: Outcome) -> None:
    marks = frozenset(mark_of(text) for text in known)

    assert outcome_of_writing(stored, MINE, marks) is expected


def test_going_back_to_what_was_read_is_a_conflict_when_another_text_arrived() -> None:
    """The answer to the other text was lost: the person decides which of the two it shall be."""
    assert outcome_of_writing(MINE, OLD, frozenset({mark_of(OLD)})) is Outcome.CONFLICT


def test_marks_tell_every_difference_and_nothing_else() -> None:
    composed, taken_apart = "Chè đắng", unicodedata.normalize("NFD", "Chè đắng")

    assert mark_of(composed) != mark_of(taken_apart)
    assert mark_of(" a") != mark_of("a")
    assert mark_of(None) == mark_of("")
    assert marks_of({"a": "x", "b": None}) == {"a": mark_of("x"), "b": mark_of("")}
