"""Several tables as one workbook: one sheet for each, with a title above and its note below.

Words stay words, whatever they begin with; numbers stay numbers, nothing stays nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone

from ocop_portal.web.exports import BOOK, CONTENT_TYPE, LONGEST_CELL

NARROW, WIDE = 16, 48
TITLE_LENGTH = 31  # what a workbook allows


@dataclass(frozen=True)
class Page:
    """One sheet: its tab, the lines above the table, the table, and the lines below."""

    tab: str
    above: Sequence[str]
    headings: Sequence[str]
    lines: Iterable[Sequence[str | int | None]]
    below: Sequence[str] = ()
    words: int = 1


def book_file(pages: Sequence[Page], *, name: str) -> HttpResponse:
    """The pages as a download named `name` and its day."""
    file = BytesIO()
    write_book(file, pages)
    file_name = f"{name}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return HttpResponse(
        file.getvalue(),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


def write_book(file: Any, pages: Sequence[Page]) -> None:
    """Writes the workbook into a file that is open for writing."""
    book = xlsxwriter.Workbook(file, BOOK)
    formats = {
        "title": book.add_format({"bold": True, "font_size": 13}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "note": book.add_format({"italic": True}),
    }
    for number, page in enumerate(pages, start=1):
        sheet = book.add_worksheet(f"{number}. {page.tab}"[:TITLE_LENGTH])
        _fill(sheet, page, formats)
    book.close()


def _fill(sheet: Any, page: Page, formats: dict[str, Any]) -> None:
    """Row after row, as a workbook that is written while it grows asks for."""
    sheet.set_column(0, page.words - 1, WIDE)
    sheet.set_column(page.words, len(page.headings), NARROW)
    for number, text in enumerate(page.above):
        sheet.write_string(number, 0, text, formats["note"] if number else formats["title"])
    head = len(page.above) + 1
    for column, heading in enumerate(page.headings):
        sheet.write_string(head, column, heading, formats["head"])
    last = head
    for last, line in enumerate(page.lines, start=head + 1):
        for column, value in enumerate(line):
            _write(sheet, last, column, value)
    for number, text in enumerate(page.below, start=last + 2):
        sheet.write_string(number, 0, text, formats["note"])


def _write(sheet: Any, row: int, column: int, value: str | int | None) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value[:LONGEST_CELL])
