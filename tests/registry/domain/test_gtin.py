"""Trade numbers and their check digit."""

import pytest

from registry.domain import gtin
from registry.domain.errors import RuleBroken


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("96385074", "96385074"),
        ("036000291452", "036000291452"),
        ("4006381333931", "4006381333931"),
        ("400 6381-3339 31", "4006381333931"),
        ("10012345678902", "10012345678902"),
    ],
)
def test_a_right_number_is_kept_as_digits(typed: str, kept: str) -> None:
    assert gtin.normal(typed) == kept


@pytest.mark.parametrize("place", range(13))
def test_every_single_wrong_digit_is_refused(place: int) -> None:
    right = "4006381333931"
    wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]

    with pytest.raises(RuleBroken) as refusal:
        gtin.normal(wrong)

    assert (refusal.value.code, refusal.value.field) == ("gtin.check_digit", "gtin")


@pytest.mark.parametrize("typed", ["123456789", "abc", "٤٠٠٦٣٨١٣٣٣٩٣١", "400638133393a", "1" * 15])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        gtin.normal(typed)

    assert refusal.value.code == "gtin.form"


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("8930000000019", ["8930000000019", "08930000000019"]),
        ("08930000000019", ["8930000000019", "08930000000019"]),
        ("96385074", ["96385074", "000096385074", "0000096385074", "00000096385074"]),
    ],
)
def test_number_when_spelled_then_every_length_that_holds_it(
    digits: str, expected: list[str]
) -> None:
    assert gtin.spellings(digits) == expected
