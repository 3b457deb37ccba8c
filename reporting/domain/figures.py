"""Tables of figures as a report carries them: the same on the page, in a file and kept for ever.

Words are the Vietnamese sources (a page may translate them); a cell is a word, a whole number, or
None where nothing is known, which is not zero. A table can be written down as plain values and
read back unchanged, so that what was sent can be shown again and compared by its hash.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cell = str | int | None


@dataclass(frozen=True)
class FigureTable:
    """One table: its code, title, headings, rows; `note` says how it was counted.

    The first `words` cells of a row are words, the others figures. With `has_total` the last row
    adds the others up.
    """

    code: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    words: int = 1
    has_total: bool = False

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        return self.rows[:-1] if self.has_total else self.rows

    @property
    def total(self) -> tuple[Cell, ...]:
        return self.rows[-1] if self.has_total else ()


def with_total(label: str, rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows and below them their sums; what is unknown adds nothing."""
    if not rows:
        return ()
    sums = [
        sum(cell for cell in column if isinstance(cell, int))
        for column in zip(*(row[1:] for row in rows), strict=True)
    ]
    return (*rows, (label, *sums))


def as_values(tables: Iterable[FigureTable]) -> list[dict[str, Any]]:
    """The tables as plain values."""
    return [
        {
            "code": table.code,
            "title": table.title,
            "headings": list(table.headings),
            "rows": [list(row) for row in table.rows],
            "note": table.note,
            "words": table.words,
            "has_total": table.has_total,
        }
        for table in tables
    ]


def tables_from(values: Iterable[Mapping[str, Any]]) -> list[FigureTable]:
    """The tables that `as_values` wrote down."""
    return [
        FigureTable(
            code=each["code"],
            title=each["title"],
            headings=tuple(each["headings"]),
            rows=tuple(tuple(row) for row in each["rows"]),
            note=each["note"],
            words=each["words"],
            has_total=each["has_total"],
        )
        for each in values
    ]


def fingerprint(values: object) -> str:
    """SHA-256 of plain values, the same for the same values whatever their order of keys."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
