"""The tax code of a subject: ten digits with a check digit, a branch suffix, or a person's number.

Since 1 July 2025 a household is taxed under the twelve digits of its representative's identity
number (Thông tư 86/2024/TT-BTC), which carries no check digit; organisations keep their ten.
"""

import re

from registry.domain.errors import RuleBroken
from registry.domain.text import term

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_ORGANISATION = re.compile(r"(\d{10})(?:-?(\d{3}))?")
_PERSON = re.compile(r"0\d{11}")


def check_digit(first_nine: str) -> int | None:
    """The tenth digit of an organisation's code; None where no code can begin like this."""
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_nine, strict=True))
    remainder = weighted % 11
    return 10 - remainder if remainder else None


def normal(text: str) -> str:
    """The code as it is kept (0123456789, 0123456789-001, 001234567890); else it is refused."""
    compact = re.sub(r"[\s.]", "", text)
    if not compact:
        return ""
    if _PERSON.fullmatch(compact):
        return compact
    match = _ORGANISATION.fullmatch(compact)
    if match is None:
        raise RuleBroken(
            "tax_code.form",
            term("Mã số thuế có 10 số, 10 số kèm 3 số chi nhánh, hoặc 12 số định danh cá nhân."),
            field="tax_code",
        )
    main, branch = match.groups()
    if check_digit(main[:9]) != int(main[9]):
        raise RuleBroken(
            "tax_code.check_digit",
            term("Mã số thuế %(number)s sai số kiểm tra: hãy xem lại từng chữ số."),
            field="tax_code",
            number=main,
        )
    return f"{main}-{branch}" if branch else main
