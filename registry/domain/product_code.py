"""The legal product code: where the product is registered, its number there, and the year.

Quyết định 26/2026/QĐ-TTg, Phụ lục III: province – commune – number kept by the commune – year of
evaluation. Before it the code also named the district (83-829-28780-3-2022). The order of the
parts is data of the regime: a format such as "{province}-{commune}-{sequence}-{year}".
"""

import re
from dataclasses import dataclass

from registry.domain.errors import RuleBroken
from registry.domain.text import term

_PART = re.compile(r"\{(\w+)\}")
_PATTERNS = {
    "province": r"\d{2}",
    "district": r"\d{3}",
    "commune": r"\d{3,5}",
    "sequence": r"[1-9]\d*",
    "year": r"\d{4}",
}


@dataclass(frozen=True)
class CodeParts:
    """What a product code says; `district` is empty where the format has none."""

    province: str
    commune: str
    sequence: int
    year: int
    district: str = ""


def build(code_format: str, parts: CodeParts) -> str:
    """The code of these parts; a part that the format needs and nobody gave is refused."""
    values = {
        "province": parts.province,
        "district": parts.district,
        "commune": parts.commune,
        "sequence": str(parts.sequence),
        "year": str(parts.year),
    }
    code = code_format.format(**values)
    if _pattern(code_format).fullmatch(code) is None:
        raise RuleBroken(
            "product_code.parts",
            term("Không lập được mã sản phẩm: thiếu hoặc sai mã đơn vị hành chính."),
        )
    return code


def read(code_format: str, code: str) -> CodeParts:
    """The parts of a code; one of another format is refused."""
    match = _pattern(code_format).fullmatch(code.strip())
    if match is None:
        raise RuleBroken(
            "product_code.form",
            term("“%(text)s” không đúng dạng mã sản phẩm của bộ quy định này."),
            text=code,
        )
    found = match.groupdict()
    return CodeParts(
        province=found["province"],
        district=found.get("district", ""),
        commune=found["commune"],
        sequence=int(found["sequence"]),
        year=int(found["year"]),
    )


def names_district(code_format: str) -> bool:
    return "{district}" in code_format


def _pattern(code_format: str) -> re.Pattern[str]:
    pieces = []
    for position, piece in enumerate(_PART.split(code_format)):
        is_name = position % 2 == 1
        pieces.append(f"(?P<{piece}>{_PATTERNS[piece]})" if is_name else re.escape(piece))
    return re.compile("".join(pieces))
