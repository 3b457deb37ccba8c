"""The number of a decision: one spelling for one number, and which one comes next.

Nghị định 30/2020/NĐ-CP, Điều 15: documents of an authority are numbered from 01 within a year, and
the symbol behind the stroke names the sort of document and who issues it (15/QĐ-UBND).
"""

import re
from collections.abc import Iterable

from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term

_NUMBER = re.compile(r"^0*([1-9]\d{0,5})([A-Z]?)/([A-ZĐƠƯÂÊÔ0-9][A-ZĐƠƯÂÊÔ0-9&.\-]*)$")


def canonical(text: str) -> str:
    """ "015/qđ - ubnd" as "15/QĐ-UBND"; nothing as nothing; what is no number is refused."""
    squeezed = re.sub(r"\s+", "", nfc(text)).upper()
    if not squeezed:
        return ""
    found = _NUMBER.match(squeezed)
    if found is None:
        raise RuleBroken(
            "decision.number_form",
            term("Số quyết định cần có dạng như 15/QĐ-UBND: số, dấu gạch chéo, ký hiệu."),
            field="number",
        )
    serial, letter, symbol = found.groups()
    return f"{serial}{letter}/{symbol}"


def serial_of(number: str) -> int:
    """The running number in front of the stroke; 0 where there is none."""
    digits = re.match(r"\d+", number)
    return int(digits.group()) if digits else 0


def next_number(used: Iterable[str], symbol: str) -> str:
    """The number after the highest one used with this symbol in the year."""
    ends = f"/{symbol}"
    serials = [serial_of(number) for number in used if number.endswith(ends)]
    return f"{max(serials, default=0) + 1}{ends}"


def gaps(used: Iterable[str], *, symbol: str) -> list[int]:
    """Running numbers below the highest that no decision here has: used elsewhere, or skipped."""
    serials = {serial_of(number) for number in used if number.endswith(f"/{symbol}")}
    return [each for each in range(1, max(serials, default=0)) if each not in serials]
