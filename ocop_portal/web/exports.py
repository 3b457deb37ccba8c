"""What stands on a screen as a file: CSV as it is read from the database, or a workbook.

A text that begins like a formula is made harmless; numbers and days stay numbers and days.
"""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import xlsxwriter
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ocop_portal.csv_safe import BYTE_ORDER_MARK, safe

ASKED = "xuat"
CHUNK = 500
WIDTH = 22
LONGEST_CELL = 32_767  # what a cell of a workbook holds
BOOK = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileForm(StrEnum):
    """The forms of a file."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Column:
    """One column of a list as a file: its heading, and what a row says in it."""

    heading: Any
    value: Callable[[Any], object]


def asked_form(word: str | None) -> FileForm | None:
    """The form that an address asks for; an unknown word asks for the page."""
    return FileForm(word) if word in set(FileForm) else None


def asked_file(
    request: HttpRequest, rows: Iterable[Any], columns: Sequence[Column]
) -> HttpResponseBase | None:
    """The rows as the file that the address asks for, named as the page; None for the page.

    A workbook of more rows than `EXPORT_BOOK_ROWS` would keep the reader waiting: the reader is led
    back to the page and told to take the CSV, which comes as it is read.
    """
    form = asked_form(request.GET.get(ASKED))
    if form is None:
        return None
    if form is FileForm.XLSX and _is_too_long(rows):
        most = number_format(settings.EXPORT_BOOK_ROWS, force_grouping=True)
        messages.warning(
            request,
            _("Bảng có hơn %(most)s dòng: hãy tải CSV, hoặc lọc bớt rồi tải XLSX.")
            % {"most": most},
        )
        query = request.GET.copy()
        del query[ASKED]
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
    name = (request.resolver_match.url_name if request.resolver_match else None) or "list"
    found = rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else rows
    return list_file(found, columns, form=form, name=name)


def _is_too_long(rows: Iterable[Any]) -> bool:
    """Asked of the first row too many, not of all of them."""
    most = settings.EXPORT_BOOK_ROWS
    if isinstance(rows, QuerySet):
        return bool(rows.order_by()[most : most + 1].values_list("pk"))
    return isinstance(rows, Sequence) and len(rows) > most


def list_file(
    rows: Iterable[Any], columns: Sequence[Column], *, form: FileForm, name: str
) -> HttpResponseBase:
    """Every row of a list, in the list's order."""
    headings = [_(str(column.heading)) for column in columns]
    lines = ([column.value(row) for column in columns] for row in rows)
    return table_file(headings, lines, form=form, name=name)


def table_file(
    headings: Sequence[object], lines: Iterable[Sequence[object]], *, form: FileForm, name: str
) -> HttpResponseBase:
    """A table with its headings as a download named `name` and its day."""
    file_name = f"{name}-{timezone.localdate():%Y-%m-%d}.{form.value}"
    if form is FileForm.CSV:
        response: HttpResponseBase = StreamingHttpResponse(
            _csv_lines([headings], lines), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{file_name}"'
        return response
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    _write_book(file, headings, lines)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name, content_type=CONTENT_TYPE)


class _Line:
    """What the CSV writer writes to: it hands each line back."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(
    first: Iterable[Sequence[object]], lines: Iterable[Sequence[object]]
) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    for part in (first, lines):
        for line in part:
            yield writer.writerow([safe(_plain(value)) for value in line])


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value if isinstance(value, int | float) else str(value)


def _write_book(file: Any, headings: Sequence[object], lines: Iterable[Sequence[object]]) -> None:
    book = xlsxwriter.Workbook(file, BOOK)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    looks = {
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }
    sheet.set_column(0, len(headings), WIDTH)
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, str(heading), bold)
    for row, line in enumerate(lines, start=1):
        for column, value in enumerate(line):
            _write_cell(sheet, (row, column), value, looks)
    book.close()


def _write_cell(
    sheet: Any, at: tuple[int, int], value: object, looks: Mapping[Any, object]
) -> None:
    """A day and a moment (of legal time, to the minute) as such, a number as one, else a text."""
    if isinstance(value, datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        plain = moment.replace(second=0, microsecond=0, tzinfo=None)
        sheet.write_datetime(*at, plain, looks[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), looks[date])  # noqa: DTZ001 - a day of the sheet
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(*at, value)
    elif value not in (None, ""):
        sheet.write_string(*at, str(value)[:LONGEST_CELL])
