"""Codes of six digits."""

import pytest

from cycle.domain.confirmation import code_from, typed_code


def test_a_code_has_six_digits_also_with_noughts_at_the_front() -> None:
    codes = [code_from(f"bí mật {number}") for number in range(400)]

    assert {len(code) for code in codes} == {6}
    assert any(code.startswith("0") for code in codes)
    assert len(set(codes)) > 395
    assert code_from("bí mật 1") == codes[1]


@pytest.mark.parametrize("text", ["012345", " 012 345 ", "012-345", "Mã: 012345."])
def test_people_write_a_code_as_they_like(text: str) -> None:
    assert typed_code(text) == "012345"
