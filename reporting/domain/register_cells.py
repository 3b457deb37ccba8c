"""What a cell of a register says, or why it says nothing that can be kept.

Dates are written day first (12/11/2024, 12-11-2024, 12.11.2024) or year first (2024-11-12); a
workbook may also hold the plain number of a day. A text that begins like a formula is refused: a
register holds values.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import fold, nfc, term

FORMULA_SIGNS = ("=", "@", "\t", "\r")
_OWN_LETTERS = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
_KEPT = 4096  # a register says the same places, days and decisions again and again
_AMID_LETTERS = re.compile("(?<=[A-Za-z])[¨©ª«¬\xad®µ¶·¸¹»¼½¾Æ]|[¨©ª«¬\xad®µ¶·¸¹»¼½¾Æ](?=[A-Za-z])")
_SPACES = re.compile(r"\s+")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: 00:00(?::00)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T]00:00(?::00)?)?")
_SERIAL = re.compile(r"[34]\d{4}")
_BEFORE_SERIALS = date(1899, 12, 30)  # day 0 of the common spreadsheet program
_STARS = re.compile(r"(\d+)\s*(?:sao|\*|★|☆)?")
_BEFORE_NUMBER = re.compile(r"^(?:quyết định|qđ)?\s*(?:số)?\s*[:.]?\s*", re.IGNORECASE)
_KINDS: tuple[tuple[SubjectKind, tuple[str, ...]], ...] = (
    (SubjectKind.COOPERATIVE_GROUP, ("tht", "to hop tac", "to san xuat")),
    (SubjectKind.COOPERATIVE, ("htx", "hop tac xa")),
    (SubjectKind.SME, ("dn", "dntn", "doanh nghiep", "cong ty", "cty", "tnhh", "cp")),
    (SubjectKind.FARM, ("trang trai",)),
    (SubjectKind.HOUSEHOLD, ("ho", "hkd", "ho kinh doanh", "ho san xuat", "co so", "ca nhan")),
    (SubjectKind.ASSOCIATION, ("hoi", "hiep hoi")),
    (SubjectKind.OPERATING_CENTRE, ("trung tam", "ban quan ly")),
)


@lru_cache(maxsize=_KEPT)
def text(cell: str, *, most: int) -> str:
    """The words in composed form with single spaces; a formula and a too long text are refused."""
    written = _SPACES.sub(" ", nfc(cell)).strip()
    if written.startswith(FORMULA_SIGNS):
        raise RuleBroken(
            "register.formula",
            term("Ô này là công thức (%(cell)s…); hãy dán giá trị thay cho công thức."),
            cell=written[:20],
        )
    if is_old_typeface(written):
        raise RuleBroken(
            "register.old_typeface",
            term("Ô này gõ bằng phông chữ cũ TCVN3 (“%(cell)s…”); hãy chuyển sang Unicode."),
            cell=written[:20],
        )
    if len(written) > most:
        raise RuleBroken(
            "register.too_long",
            term("Dài %(length)s ký tự, nhiều nhất %(most)s."),
            length=len(written),
            most=most,
        )
    return written


def is_old_typeface(written: str) -> bool:
    """Whether a text was typed for the TCVN3 typefaces: signs such as µ ¸ © amid letters.

    Unicode Vietnamese has letters of its own for these; one of them shows that the text is read
    rightly, and a lone © or ½ may be meant.
    """
    return not _OWN_LETTERS.search(written) and len(_AMID_LETTERS.findall(written)) > 1


def name(cell: str, *, most: int) -> str:
    """A name: what is no name of anything, such as “+1” or “-”, is refused too."""
    written = text(cell, most=most)
    if not written:
        raise RuleBroken("register.empty", term("Ô này phải có nội dung."))
    if not any(sign.isalpha() for sign in written) or written[0] in "+-":
        raise RuleBroken(
            "register.no_name", term("“%(cell)s” không phải là một tên."), cell=written[:40]
        )
    return written


@lru_cache(maxsize=_KEPT)
def day(cell: str) -> date:
    """A date in either order; what the calendar does not have is refused."""
    written = text(cell, most=40)
    if match := _DAY_FIRST.fullmatch(written):
        numbers = (int(match[3]), int(match[2]), int(match[1]))
    elif match := _YEAR_FIRST.fullmatch(written):
        numbers = (int(match[1]), int(match[2]), int(match[3]))
    elif _SERIAL.fullmatch(written):
        return _BEFORE_SERIALS + timedelta(days=int(written))
    else:
        raise _no_date(written)
    try:
        return date(*numbers)
    except ValueError:
        raise _no_date(written) from None


def year(cell: str) -> int:
    written = text(cell, most=10)
    if not re.fullmatch(r"20\d\d", written):
        raise RuleBroken(
            "register.year", term("“%(cell)s” không phải là năm; ví dụ 2024."), cell=written
        )
    return int(written)


@lru_cache(maxsize=_KEPT)
def stars(cell: str) -> int:
    """Three, four or five, as a number, “4 sao”, “4*” or four stars."""
    written = text(cell, most=40)
    drawn = written.count("★") if written.strip("★☆ ") == "" else 0
    drawn = drawn or (len(written) if written and written.strip("*") == "" else 0)
    match = _STARS.fullmatch(written)
    number = drawn or (int(match[1]) if match else 0)
    if not match and not drawn:
        raise RuleBroken(
            "register.stars",
            term("“%(cell)s” không phải là hạng sao; hãy ghi 3, 4 hoặc 5."),
            cell=written,
        )
    if number not in range(3, 6):
        raise RuleBroken(
            "register.stars_range",
            term("Hạng %(stars)s sao không có quyết định công nhận; chỉ có 3, 4, 5 sao."),
            stars=number,
        )
    return number


@lru_cache(maxsize=_KEPT)
def kind(cell: str) -> SubjectKind:
    """The legal form by its usual words and abbreviations."""
    written = text(cell, most=100)
    plain = f" {' '.join(re.sub(r'[^a-z0-9]+', ' ', fold(written)).split())} "
    for found, words in _KINDS:
        if any(plain.startswith(f" {word} ") for word in words):
            return found
    for found, words in _KINDS:
        if any(f" {word} " in plain for word in words if len(word) > 3):  # noqa: PLR2004 - no abbreviation
            return found
    raise RuleBroken(
        "register.kind",
        term("Không rõ loại hình “%(cell)s”; hãy ghi: %(kinds)s."),
        cell=written,
        kinds=", ".join(each.label.lower() for each in SubjectKind),
    )


@lru_cache(maxsize=_KEPT)
def decision_number(cell: str) -> str:
    """The number as decisions bear it (4894/QĐ-UBND), without the words before it."""
    written = _BEFORE_NUMBER.sub("", text(cell, most=60)).strip()
    if not any(sign.isdigit() for sign in written):
        raise RuleBroken(
            "register.decision",
            term("Thiếu số quyết định; ví dụ 4894/QĐ-UBND."),
        )
    return written


@lru_cache(maxsize=_KEPT)
def authority_level(cell: str) -> Level | None:
    """Whose decision it is, by the words of the authority; None where the cell is silent."""
    plain = f" {fold(text(cell, most=200))} "
    if not plain.strip():
        return None
    if any(word in plain for word in (" bo ", "trung uong", "bnn", "quoc gia")):
        return Level.CENTRAL
    if any(word in plain for word in ("huyen", "thi xa", " quan ", "thi tran")):
        return Level.DISTRICT
    if " tinh" in plain:
        return Level.PROVINCE
    return None


def _no_date(written: str) -> RuleBroken:
    return RuleBroken(
        "register.date",
        term("“%(cell)s” không phải là ngày có thật; hãy ghi ngày/tháng/năm, ví dụ 12/11/2024."),
        cell=written[:40],
    )
