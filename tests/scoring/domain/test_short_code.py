"""The public code: forgiving in what cannot be mistaken, strict in what can."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.errors import RuleBroken
from scoring.domain.short_code import ALPHABET, LENGTH, new_code, read_code, shown

PLACES = st.lists(st.integers(0, len(ALPHABET) - 1), min_size=LENGTH - 1, max_size=LENGTH - 1)


def code_of(places: list[int]) -> str:
    drawn = iter(places)
    return new_code(lambda _below: next(drawn))


CODES = PLACES.map(code_of)


def test_a_code_worked_by_hand() -> None:
    """2·1 + 3·2 + … + 12·11 = 572 = 19·29 + 21: the sign at place 21 is P."""
    code = code_of(list(range(1, LENGTH)))

    assert (code, shown(code)) == ("123456789ACP", "1234-5678-9ACP")
    assert read_code("i234 5678 9acp") == code
    with pytest.raises(RuleBroken, match=r"^code\.check"):
        read_code("1234-5678-9ACQ")


@settings(max_examples=30)
@given(CODES)
def test_a_code_is_read_back_whatever_its_case_spaces_and_hyphens(code: str) -> None:
    assert read_code(code) == code
    assert read_code(f" {shown(code).lower()} ") == code
    assert read_code(shown(code).replace("-", " – ")) == code


@settings(max_examples=30)
@given(CODES)
def test_look_alikes_are_forgiven(code: str) -> None:
    alike = code.translate(str.maketrans("0158V2", "OLSBUZ"))

    assert read_code(alike) == code


@settings(max_examples=30)
@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_noticed(code: str, place: int, sign: str) -> None:
    wrong = code[:place] + sign + code[place + 1 :]

    if wrong == code:
        return
    with pytest.raises(RuleBroken, match=r"^code\.check"):
        read_code(wrong)


@settings(max_examples=30)
@given(CODES, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_signs_that_change_places_are_noticed(code: str, one: int, other: int) -> None:
    signs = list(code)
    signs[one], signs[other] = signs[other], signs[one]

    if signs == list(code):
        return
    with pytest.raises(RuleBroken, match=r"^code\.check"):
        read_code("".join(signs))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "code.length"),
        ("ABC", "code.length"),
        ("0" * 13, "code.length"),
        ("?" * 12, "code.signs"),
    ],
)
def test_what_cannot_be_a_code_is_refused_in_its_own_words(typed: str, code: str) -> None:
    with pytest.raises(RuleBroken, match=f"^{code}: "):
        read_code(typed)
