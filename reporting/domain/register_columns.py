"""The columns of a register that an office keeps in a workbook, and how they are recognised.

The model is the provincial register of 22 columns: number, product, group, type and name of the
subject, commune, address, representative, telephone, current star, end of validity, then star, day,
year, decision and authority of the first recognition and of the later one, and a note. A tax code
and the former district are read where a register has them. Headings are compared without marks and
case; they may stand in two rows, the upper one over several columns. A guess is only a proposal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.text import fold, term


class Field(StrEnum):
    """What a column says."""

    PRODUCT = "product"
    GROUP = "group"
    KIND = "kind"
    SUBJECT = "subject"
    TAX_CODE = "tax_code"
    COMMUNE = "commune"
    DISTRICT = "district"
    ADDRESS = "address"
    REPRESENTATIVE = "representative"
    PHONE = "phone"
    STARS = "stars"
    EXPIRES = "expires"
    FIRST_STARS = "first_stars"
    FIRST_DATE = "first_date"
    FIRST_YEAR = "first_year"
    FIRST_DECISION = "first_decision"
    FIRST_AUTHORITY = "first_authority"
    LATER_STARS = "later_stars"
    LATER_DATE = "later_date"
    LATER_YEAR = "later_year"
    LATER_DECISION = "later_decision"
    LATER_AUTHORITY = "later_authority"
    NOTE = "note"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(field.value, field.label) for field in cls]


REQUIRED = (
    Field.PRODUCT,
    Field.GROUP,
    Field.KIND,
    Field.SUBJECT,
    Field.COMMUNE,
    Field.FIRST_DATE,
    Field.FIRST_DECISION,
)
# A subject with several products is written once: these cells reach down over its products.
OF_SUBJECT = (
    Field.KIND,
    Field.SUBJECT,
    Field.TAX_CODE,
    Field.COMMUNE,
    Field.DISTRICT,
    Field.ADDRESS,
    Field.REPRESENTATIVE,
    Field.PHONE,
)
HEADER_WITHIN = 15
LEAST_HEADINGS = 4

Mapped = Mapping[Field, int]


@dataclass(frozen=True)
class Header:
    """Where the headings stand and what they say; rows and columns count from 0."""

    headings: tuple[str, ...]
    first_line: int


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """The heading row among the first ones, joined with a second one below it.

    Refused: a sheet in whose first rows no headings are recognised.
    """
    scores = [len(guess(row)) for row in rows[:HEADER_WITHIN]]
    best = max(scores, default=0)
    if best < LEAST_HEADINGS:
        raise RuleBroken(
            "register.no_header",
            term("Không tìm thấy dòng tiêu đề trong %(count)s dòng đầu của trang tính thứ nhất."),
            field="file",
            count=HEADER_WITHIN,
        )
    top = scores.index(best)
    candidates = [(tuple(cell.strip() for cell in rows[top]), top + 1)]
    if top + 1 < len(rows):
        candidates.append((_joined(rows[top], rows[top + 1]), top + 2))
    if top > 0:
        candidates.append((_joined(rows[top - 1], rows[top]), top + 1))
    headings, first_line = max(candidates, key=lambda each: len(guess(each[0])))
    while first_line < len(rows) and _is_numbering(rows[first_line]):
        first_line += 1
    return Header(headings, first_line)


def guess(headings: Sequence[str]) -> dict[Field, int]:
    """Which column each field seems to stand in; the first that fits is taken."""
    found: dict[Field, int] = {}
    for column, heading in enumerate(headings):
        field = _field_of(f" {_plain(heading)} ")
        if field is not None and field not in found:
            found[field] = column
    return found


def check_mapping(mapped: Mapped) -> None:
    """Refuses a mapping that lacks what every line needs, or names a column twice."""
    missing = [field.label for field in REQUIRED if field not in mapped]
    if missing:
        raise RuleBroken(
            "register.columns_missing",
            term("Chưa chỉ cột cho: %(fields)s."),
            fields=", ".join(missing),
        )
    if Field.STARS not in mapped and Field.FIRST_STARS not in mapped:
        raise RuleBroken("register.no_stars", term("Chưa chỉ cột nào ghi hạng sao."))
    columns = list(mapped.values())
    if twice := [field.label for field in mapped if columns.count(mapped[field]) > 1]:
        raise RuleBroken(
            "register.column_twice",
            term("Một cột chỉ dùng cho một nội dung: %(fields)s."),
            fields=", ".join(twice),
        )


def _plain(heading: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(heading)).split())


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Headings of two rows: the upper one reaches right until the next begins."""
    joined, over = [], ""
    for column in range(max(len(upper), len(lower))):
        above = upper[column].strip() if column < len(upper) else ""
        below = lower[column].strip() if column < len(lower) else ""
        over = above or over
        if not below or below == above:
            joined.append(above)
        else:
            joined.append(f"{over} {below}".strip())
    return tuple(joined)


def _is_numbering(row: Sequence[str]) -> bool:
    """“(1) (2) (3) …” under the headings."""
    filled = [cell.strip(" ()") for cell in row if cell.strip()]
    return (
        len(filled) >= LEAST_HEADINGS
        and all(cell.isdigit() for cell in filled)
        and (
            filled == [str(place) for place in range(int(filled[0]), int(filled[0]) + len(filled))]
        )
    )


_LATER = ("nang hang", "lan 2", "lan thu hai", "lan hai", "cong nhan lai", "danh gia lai")
_FIRST = ("lan dau", "lan 1", "lan thu nhat", "lan thu 1")
# In the order in which they are tried: the longer word says more.
_OF_RECOGNITION: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("decision", ("so quyet dinh", "so qd", "so hieu")),
    ("date", ("ngay",)),
    ("authority", ("co quan", "noi cap", "cap cong nhan", "don vi cong nhan")),
    ("decision", ("quyet dinh", " qd ")),
    ("year", ("nam ",)),
    ("stars", (" sao", "hang", "xep loai")),
)
_PLAIN: tuple[tuple[Field, tuple[str, ...]], ...] = (
    (Field.NOTE, ("ghi chu",)),
    (Field.TAX_CODE, ("ma so thue", " mst ")),
    (Field.EXPIRES, ("het han", "het hieu luc", "hieu luc den", "gia tri den", "thoi han")),
    (Field.PHONE, ("dien thoai", " sdt ", " dt ")),
    (Field.REPRESENTATIVE, ("dai dien", "chu co so", "giam doc")),
    (Field.ADDRESS, ("dia chi",)),
    (Field.KIND, ("loai hinh", "loai chu the", "hinh thuc to chuc")),
    (Field.GROUP, ("nhom", "nganh")),
    (Field.SUBJECT, ("chu the", "co so san xuat", "ten don vi", "ten co so")),
    (Field.PRODUCT, ("san pham",)),
    (Field.DISTRICT, ("huyen", " quan ")),
    (Field.COMMUNE, (" xa ", "phuong", "dac khu")),
    (Field.STARS, ("sao hien", "hang hien", "hang sao", "xep hang", " sao ")),
)
_NUMBERS = (" tt ", " stt ", "so thu tu")


def _field_of(plain: str) -> Field | None:
    if not plain.strip() or plain in _NUMBERS:
        return None
    turn = "later" if _has(plain, _LATER) else "first" if _has(plain, _FIRST) else ""
    if turn:
        return next(
            (Field(f"{turn}_{word}") for word, signs in _OF_RECOGNITION if _has(plain, signs)),
            None,
        )
    for field, signs in _PLAIN:
        if _has(plain, signs):
            return field
    # A register with one recognition does not say that it is the first.
    return next(
        (Field(f"first_{word}") for word, signs in _OF_RECOGNITION if _has(plain, signs)), None
    )


def _has(plain: str, signs: Sequence[str]) -> bool:
    return any(sign in plain for sign in signs)


_LABELS = {
    Field.PRODUCT: term("Tên sản phẩm"),
    Field.GROUP: term("Ngành, nhóm hoặc bộ sản phẩm"),
    Field.KIND: term("Loại hình chủ thể"),
    Field.SUBJECT: term("Tên chủ thể"),
    Field.TAX_CODE: term("Mã số thuế"),
    Field.COMMUNE: term("Xã, phường"),
    Field.DISTRICT: term("Huyện (trước 1/7/2025)"),
    Field.ADDRESS: term("Địa chỉ"),
    Field.REPRESENTATIVE: term("Người đại diện"),
    Field.PHONE: term("Điện thoại"),
    Field.STARS: term("Hạng sao hiện nay"),
    Field.EXPIRES: term("Ngày hết hạn"),
    Field.FIRST_STARS: term("Lần đầu: hạng sao"),
    Field.FIRST_DATE: term("Lần đầu: ngày quyết định"),
    Field.FIRST_YEAR: term("Lần đầu: năm"),
    Field.FIRST_DECISION: term("Lần đầu: số quyết định"),
    Field.FIRST_AUTHORITY: term("Lần đầu: cơ quan công nhận"),
    Field.LATER_STARS: term("Lần sau: hạng sao"),
    Field.LATER_DATE: term("Lần sau: ngày quyết định"),
    Field.LATER_YEAR: term("Lần sau: năm"),
    Field.LATER_DECISION: term("Lần sau: số quyết định"),
    Field.LATER_AUTHORITY: term("Lần sau: cơ quan công nhận"),
    Field.NOTE: term("Ghi chú"),
}
