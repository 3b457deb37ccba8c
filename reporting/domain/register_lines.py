"""One line of a register: what it says as a whole, or every fault of it by column.

A product may have two recognitions, the first and a later one; its current star is that of the
latest. The end of validity belongs to the latest recognition; an earlier one ends by its regime.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from registry.domain import tax_code
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import fold, slug, term
from reporting.domain import register_cells as cells
from reporting.domain.register_columns import OF_SUBJECT, Field

Cells = Mapping[Field, str]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Place:
    """Today's commune, and the former one where the register names it."""

    commune: int
    former: int | None = None


@dataclass(frozen=True)
class Authority:
    """Who decided: the level and the unit."""

    level: Level
    unit: int


class Known(Protocol):
    """What the portal knows; each question is answered or refused with the reason."""

    def place(self, commune: str, district: str) -> Place: ...

    def product_set(self, words: str, decided_on: date) -> int: ...

    def authority(self, words: str, stars: int, decided_on: date) -> Authority: ...


@dataclass(frozen=True)
class Fault:
    """Why a cell cannot be kept."""

    field: Field
    refusal: RuleBroken


@dataclass(frozen=True)
class Past:
    """One recognition of the line; `ends_on` where the register says it."""

    stars: int
    decided_on: date
    number: str
    authority: Authority
    product_set: int
    ends_on: date | None = None


@dataclass(frozen=True)
class Line:
    """A line that can be kept; recognitions the oldest first."""

    product: str
    subject: str
    kind: SubjectKind
    tax_code: str
    place: Place
    address: str
    representative: str
    phone: str
    recognitions: tuple[Past, ...]

    @property
    def key(self) -> tuple[str, int, str]:
        """The same product of the same subject is the same line, whatever its marks and case."""
        return self.tax_code or fold(self.subject), self.place.commune, slug(self.product)


def carried(cells: Cells, above: Cells | None) -> dict[Field, str]:
    """The cells with those of the subject from the line above, where it is not written again."""
    own = dict(cells)
    if above is None or not own.get(Field.PRODUCT, "").strip():
        return own
    if any(own.get(field, "").strip() for field in OF_SUBJECT):
        return own
    return own | {field: above[field] for field in OF_SUBJECT if field in above}


def is_blank(cells: Cells) -> bool:
    """A line without product and subject: a total, a signature, an empty row."""
    return not any(cells.get(field, "").strip() for field in (Field.PRODUCT, Field.SUBJECT))


def read_line(written: Cells, known: Known, *, today: date) -> tuple[Line | None, list[Fault]]:
    """The line, or all its faults at once."""
    reader = _Reader(written, known, today)
    line = reader.line()
    return (None if reader.faults else line), reader.faults


class _Reader:
    """Reads one line, gathering faults instead of stopping at the first."""

    def __init__(self, written: Cells, known: Known, today: date) -> None:
        self.written, self.known, self.today = written, known, today
        self.faults: list[Fault] = []

    def line(self) -> Line | None:
        product = self._read(Field.PRODUCT, lambda cell: cells.name(cell, most=200))
        subject = self._read(Field.SUBJECT, lambda cell: cells.name(cell, most=200))
        kind = self._read(Field.KIND, cells.kind)
        code = self._read(Field.TAX_CODE, lambda cell: tax_code.normal(cells.text(cell, most=30)))
        place = self._read(Field.COMMUNE, self._place)
        address = self._read(Field.ADDRESS, lambda cell: cells.text(cell, most=200))
        person = self._read(Field.REPRESENTATIVE, lambda cell: cells.text(cell, most=150))
        phone = self._read(Field.PHONE, lambda cell: cells.text(cell, most=20))
        recognitions = self._recognitions()
        if product is None or subject is None or kind is None or place is None:
            return None
        return Line(
            product=product,
            subject=subject,
            kind=kind,
            tax_code=code or "",
            place=place,
            address=address or "",
            representative=person or "",
            phone=phone or "",
            recognitions=recognitions,
        )

    def _recognitions(self) -> tuple[Past, ...]:
        has_later = any(
            self._cell(field)
            for field in (Field.LATER_STARS, Field.LATER_DATE, Field.LATER_DECISION)
        )
        current = self._read(Field.STARS, cells.stars) if self._cell(Field.STARS) else None
        ends_on = self._read(Field.EXPIRES, cells.day) if self._cell(Field.EXPIRES) else None
        only = None if has_later else ends_on
        first = self._recognition("first", None if has_later else current, only)
        later = self._recognition("later", current, ends_on) if has_later else None
        if first and later and later.decided_on <= first.decided_on:
            self._fault(
                Field.LATER_DATE,
                "register.order",
                term("Lần công nhận sau phải sau lần đầu (%(day)s)."),
                day=f"{first.decided_on:%d/%m/%Y}",
            )
        latest = later if has_later else first
        if latest and current is not None and latest.stars != current:
            self._fault(
                Field.STARS,
                "register.current_star",
                term("Hạng hiện nay là %(now)s sao nhưng lần công nhận cuối là %(last)s sao."),
                now=current,
                last=latest.stars,
            )
        return tuple(each for each in (first, later) if each)

    def _recognition(self, turn: str, default: int | None, ends_on: date | None) -> Past | None:
        """One recognition; its star may stand in the column of the current star alone."""
        at_stars = Field(f"{turn}_stars")
        stars = default
        if self._cell(at_stars) or default is None:
            stars = self._read(at_stars, cells.stars)
        decided_on = self._read(Field(f"{turn}_date"), self._past_day)
        number = self._read(Field(f"{turn}_decision"), cells.decision_number)
        if stars is None or decided_on is None or number is None:
            return None
        self._check_year(Field(f"{turn}_year"), decided_on)
        if ends_on is not None and ends_on <= decided_on:
            self._fault(
                Field.EXPIRES,
                "register.ends_first",
                term("Ngày hết hạn phải sau ngày quyết định (%(day)s)."),
                day=f"{decided_on:%d/%m/%Y}",
            )
        chosen = self._read(Field.GROUP, lambda cell: self._set(cell, decided_on))
        authority = self._read(
            Field(f"{turn}_authority"), lambda cell: self.known.authority(cell, stars, decided_on)
        )
        if chosen is None or authority is None:
            return None
        return Past(stars, decided_on, number, authority, chosen, ends_on)

    def _check_year(self, field: Field, decided_on: date) -> None:
        if not self._cell(field):
            return
        year = self._read(field, cells.year)
        if year is not None and year != decided_on.year:
            self._fault(
                field,
                "register.year_differs",
                term("Năm %(year)s khác năm của ngày quyết định (%(day)s)."),
                year=year,
                day=f"{decided_on:%d/%m/%Y}",
            )

    def _past_day(self, cell: str) -> date:
        found = cells.day(cell)
        if found > self.today:
            raise RuleBroken("register.to_come", term("Ngày quyết định chưa tới."))
        return found

    def _place(self, cell: str) -> Place:
        district = cells.text(self._cell(Field.DISTRICT), most=100)
        return self.known.place(cells.name(cell, most=100), district)

    def _set(self, cell: str, decided_on: date) -> int:
        return self.known.product_set(cells.name(cell, most=200), decided_on)

    def _cell(self, field: Field) -> str:
        return self.written.get(field, "").strip()

    def _read(self, field: Field, how: Callable[[str], Value]) -> Value | None:
        try:
            return how(self._cell(field))
        except RuleBroken as refusal:
            fault = Fault(field, refusal)
            if (field, refusal.code) not in {(f.field, f.refusal.code) for f in self.faults}:
                self.faults.append(fault)
            return None

    def _fault(self, field: Field, code: str, message: str, **facts: object) -> None:
        self.faults.append(Fault(field, RuleBroken(code, message, field=field, **facts)))
