"""Recognised products side by side: two to four columns, the rows that the reader chose.

Four fit on one sheet of paper and on a tablet; a fifth is named and left out, not silently dropped.
What nobody has said of a product is missing, not zero: the page says so in words. Rows in which all
products agree can be hidden, so that only what differs is read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.text import nfc, term

FEWEST, MOST = 2, 4
_ADDRESS = re.compile(r"[-\w]{1,120}", re.ASCII)


class Field(StrEnum):
    """What can be compared, in the order of the table's rows."""

    PICTURE = "picture"
    CODE = "code"
    STARS = "stars"
    PRICE = "price"
    STATUS = "status"
    AVAILABILITY = "availability"
    CAPACITY = "capacity"
    NET_WEIGHT = "net_weight"
    PACKAGING = "packaging"
    SHELF_LIFE = "shelf_life"
    SUBJECT = "subject"
    PLACE = "place"
    SET = "set"
    VALID_UNTIL = "valid_until"
    GTIN = "gtin"
    SUMMARY = "summary"

    @property
    def label(self) -> str:
        return _LABELS[self]


@dataclass(frozen=True)
class Choice:
    """The products an address names: the ones compared, and what had to be left out."""

    products: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    not_understood: int = 0

    @property
    def is_enough(self) -> bool:
        return len(self.products) >= FEWEST

    @property
    def has_room(self) -> bool:
        return len(self.products) < MOST


@dataclass(frozen=True)
class Row:
    """One field of every product; "" is missing, None stands for a product that is not public."""

    field: Field
    values: tuple[str | None, ...]

    @property
    def is_equal(self) -> bool:
        """Whether the public products agree, also in that nobody has said it; case is no matter."""
        known = [nfc(value).casefold().strip() for value in self.values if value is not None]
        return len(known) >= FEWEST and len(set(known)) == 1


@dataclass(frozen=True)
class Table:
    """The rows to be read, and the fields whose rows were hidden because all products agree."""

    rows: tuple[Row, ...]
    hidden: tuple[Field, ...] = ()


def choose(asked: Iterable[str]) -> Choice:
    """The first four different addresses in their order; what is no address is only counted."""
    words = list(dict.fromkeys(word.strip() for word in asked if word.strip()))
    known = [word for word in words if _ADDRESS.fullmatch(word)]
    return Choice(
        products=tuple(known[:MOST]),
        left_out=tuple(known[MOST:]),
        not_understood=len(words) - len(known),
    )


def fields_of(asked: Iterable[str]) -> tuple[tuple[Field, ...], int]:
    """The chosen fields in the table's order, and how many names were not understood.

    Who chooses nothing that is known gets the usual ones.
    """
    words = set(asked)
    found = tuple(field for field in Field if field in words)
    return found or USUAL, len(words) - len(found)


def compare(
    products: Sequence[Mapping[Field, str] | None],
    fields: Sequence[Field],
    *,
    only_differences: bool,
) -> Table:
    """The table; None in place of a product keeps its column and takes no part in agreeing."""
    rows = tuple(
        Row(field, tuple(None if each is None else each.get(field, "") for each in products))
        for field in fields
    )
    if not only_differences:
        return Table(rows)
    return Table(
        tuple(row for row in rows if not row.is_equal),
        tuple(row.field for row in rows if row.is_equal),
    )


USUAL = (
    Field.PICTURE,
    Field.CODE,
    Field.STARS,
    Field.PRICE,
    Field.STATUS,
    Field.AVAILABILITY,
    Field.CAPACITY,
    Field.NET_WEIGHT,
)
_LABELS = {
    Field.PICTURE: term("Ảnh"),
    Field.CODE: term("Mã sản phẩm"),
    Field.STARS: term("Hạng sao"),
    Field.PRICE: term("Giá"),
    Field.STATUS: term("Tình trạng"),
    Field.AVAILABILITY: term("Mùa vụ, thời gian có hàng"),
    Field.CAPACITY: term("Sản lượng một năm"),
    Field.NET_WEIGHT: term("Khối lượng, thể tích một gói"),
    Field.PACKAGING: term("Quy cách, bao bì"),
    Field.SHELF_LIFE: term("Hạn sử dụng"),
    Field.SUBJECT: term("Chủ thể"),
    Field.PLACE: term("Nơi sản xuất"),
    Field.SET: term("Bộ sản phẩm"),
    Field.VALID_UNTIL: term("Có hiệu lực đến hết ngày"),
    Field.GTIN: term("Mã GTIN"),
    Field.SUMMARY: term("Giới thiệu ngắn"),
}
