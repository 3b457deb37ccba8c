"""The trade number (GTIN) of a product: 8, 12, 13 or 14 digits, the last one checks the others.

GS1 General Specifications, section 7.9: counted from the right, the digits before the last weigh
3, 1, 3, 1 …; the check digit fills the sum up to the next ten.
"""

import re

from registry.domain.errors import RuleBroken
from registry.domain.text import term

LENGTHS = (8, 12, 13, 14)


def check_digit(others: str) -> int:
    """The last digit of a number whose other digits are these."""
    weighted = sum(
        int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(others))
    )
    return -weighted % 10


def normal(text: str) -> str:
    """The number as it is kept: digits alone; a wrong one is refused."""
    digits = re.sub(r"[\s.-]", "", text)
    if not digits:
        return ""
    if not re.fullmatch(r"[0-9]+", digits) or len(digits) not in LENGTHS:
        raise RuleBroken("gtin.form", term("Mã GTIN có 8, 12, 13 hoặc 14 chữ số."), field="gtin")
    if check_digit(digits[:-1]) != int(digits[-1]):
        raise RuleBroken(
            "gtin.check_digit",
            term("Mã GTIN %(number)s sai số kiểm tra: hãy xem lại từng chữ số dưới mã vạch."),
            field="gtin",
            number=digits,
        )
    return digits


def spellings(digits: str) -> list[str]:
    """The same number in every length that holds it: GS1 reads all of them as 14 with zeros."""
    bare = digits.lstrip("0")
    return [bare.zfill(length) for length in LENGTHS if len(bare) <= length]
