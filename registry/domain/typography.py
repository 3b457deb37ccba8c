"""Vietnamese text on paper: composed, single spaces, and nothing torn apart at a line's end.

What belongs together is bound by a space that does not break: a figure with its unit, the word
"Điều" or "Phụ lục" with its number, the parts of a day, a title with its name. Words themselves
are never broken; that is a setting of the documents.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from registry.domain.text import nfc

BOUND = "\u00a0"
_GAPS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_BEFORE_MARK = re.compile(r" (?=[,.;:!?)\]”»%](?:\s|$))")
_AFTER_OPENING = re.compile(r"(?<=[(\[“«]) ")
_UNITS = (
    "sao|điểm|phiếu|ngày|tháng|năm|tuổi|giờ|phút|lần|đồng|nghìn|triệu|tỷ|sản phẩm|hồ sơ|tiêu chí|"
    "g|kg|tấn|tạ|ml|l|lít|m|m2|m²|km|ha|cm|mm|%|°C"
)
_FIGURE_UNIT = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))")
_NAMED_NUMBER = re.compile(
    r"\b(Điều|điều|Khoản|khoản|Điểm|Mục|mục|Phụ lục|Mẫu|mẫu|số|Số|Phần|phần|Bước|bước|Đợt|đợt|"
    r"ngày|tháng|năm|trang|Trang|bộ|Bộ tiêu chí|QĐ|NĐ|TT) (?=[\dIVXLA-C]+(?!\w))"
)
_TITLE = re.compile(r"\b(Ông|Bà|ông|bà|TS\.|ThS\.|PGS\.|GS\.|TP\.|TX\.) (?=\w)")


def typeset(text: str) -> str:
    """One text, ready for paper; line ends stay."""
    lines = (_line(line) for line in nfc(text).split("\n"))
    return "\n".join(lines)


def typeset_all(value: Any) -> Any:
    """Every text in plain values (mappings, sequences), ready for paper; the rest untouched."""
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, Mapping):
        return {name: typeset_all(each) for name, each in value.items()}
    if isinstance(value, Sequence):
        return [typeset_all(each) for each in value]
    return value


def _line(line: str) -> str:
    line = _GAPS.sub(" ", line).strip()
    line = _BEFORE_MARK.sub("", line)
    line = _AFTER_OPENING.sub("", line)
    line = _FIGURE_UNIT.sub(BOUND, line)
    line = _NAMED_NUMBER.sub(rf"\1{BOUND}", line)
    return _TITLE.sub(rf"\1{BOUND}", line)
