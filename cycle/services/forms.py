"""What every official form of a dossier shares: the sheet, its head, its blocks, its date.

The forms stay Vietnamese in every language of the screen. Nothing is stored: the same content on
the same day gives the same bytes.
"""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import typst

DOCUMENTS = Path(__file__).parent.parent / "documents"
SOURCE, LABELS = DOCUMENTS / "form.typ", DOCUMENTS / "labels.typ"
FEBRUARY = 2
SIGN_HINT = "Ký, ghi rõ họ tên, đóng dấu nếu có"


def compiled(data: dict[str, Any]) -> bytes:
    """The PDF of a form."""
    return _compiled(SOURCE, {**_EMPTY, **data})


def _compiled(source: Path, data: dict[str, Any]) -> bytes:
    made = typst.compile(
        source.read_bytes(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def labels(rows: Sequence[dict[str, str]], on: date) -> bytes:
    """A sheet of labels to cut out: number, unit and day of each."""
    data = {"labels": list(rows), "date": [on.year, on.month, on.day]}
    return _compiled(LABELS, data)


def heading(text: str) -> dict[str, Any]:
    return {"kind": "heading", "text": text}


def facts(rows: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Numbered lines; what is unknown is left to be written by hand."""
    return {"kind": "facts", "rows": [(label, said(value)) for label, value in rows]}


def text(title: str, body: Any) -> dict[str, Any]:
    return {"kind": "text", "title": title, "text": said(body)}


def lines(rows: Sequence[str]) -> dict[str, Any]:
    """Things to be written by hand."""
    return {"kind": "lines", "rows": list(rows)}


def table(
    columns: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[Any]]
) -> dict[str, Any]:
    """Columns with their share of the width; 0 is as narrow as its content."""
    cells = [[said(cell) for cell in row] for row in rows]
    return {"kind": "table", "columns": list(columns), "widths": list(widths), "rows": cells}


def signature(title: str, name: str = "") -> dict[str, str]:
    return {"title": title, "hint": SIGN_HINT, "name": name}


def said(value: Any) -> str:
    return "" if value is None else str(value)


def place_and_date(place: str, on: date) -> str:
    """Days and months below ten are written with a nought (NĐ 30/2020/NĐ-CP, Annex I)."""
    month = f"{on.month:02d}" if on.month <= FEBRUARY else str(on.month)
    return f"{place}, ngày {on.day:02d} tháng {month} năm {on.year}"


def day(text_or_day: date | str | None) -> str:
    """A day as people write it; snapshots keep it as text."""
    if not text_or_day:
        return ""
    found = date.fromisoformat(text_or_day) if isinstance(text_or_day, str) else text_or_day
    return f"{found:%d/%m/%Y}"


_EMPTY: dict[str, Any] = {
    "form": "",
    "subtitle": "",
    "addressee": "",
    "note": "",
    "closing": "",
    "place_and_date": "",
    "blocks": [],
    "signatures": [],
    "offices": [],
}
