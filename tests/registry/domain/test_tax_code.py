"""Tax codes: check digit, branches, personal numbers."""

import pytest

from registry.domain import tax_code
from registry.domain.errors import RuleBroken


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("0100109106", "0100109106"),
        (" 0100 109 106 ", "0100109106"),
        ("0100109106-011", "0100109106-011"),
        ("0100109106011", "0100109106-011"),
        ("019090000123", "019090000123"),
        ("", ""),
    ],
)
def test_valid_code_is_kept_in_one_form(text: str, kept: str) -> None:
    assert tax_code.normal(text) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0100109107", "tax_code.check_digit"),
        ("0100109116", "tax_code.check_digit"),
        ("12345", "tax_code.form"),
        ("01001O9106", "tax_code.form"),
        ("919090000123", "tax_code.form"),
    ],
)
def test_wrong_code_is_refused_with_its_field(text: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        tax_code.normal(text)

    assert (refusal.value.code, refusal.value.field) == (code, "tax_code")


def test_first_nine_digits_that_no_code_has() -> None:
    assert tax_code.check_digit("000000000") is None
    assert tax_code.check_digit("010010910") == 6
