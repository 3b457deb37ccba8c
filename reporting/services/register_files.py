"""Reads the rows of a register from XLSX or CSV: as text, bounded, never run.

A workbook is read row by row; a cell that is merged with others says the same in all of them. What
is too large, broken, packed like a bomb or no table at all is refused with the reason.
"""

import csv
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import openpyxl
from django.conf import settings
from django.core.files.base import File
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from registry.domain.documents import FileKind, check_size
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.services import scanning
from registry.services.uploads import inspect
from reporting.domain.register_columns import Header, find_header

MOST_LINES = 50_000
MOST_COLUMNS = 60
MOST_MERGES = 60_000
LOOKED_AT = 30
CHUNK = 1 << 16
LOCKED = "EncryptedPackage".encode("utf-16-le")
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_BROKEN = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, OSError)


def look(file: "File[Any]", *, at: datetime) -> Header:
    """The headings of a file that may be kept; refused with the reason otherwise."""
    check_size(file.size or 0, limit=settings.MAX_UPLOAD_BYTES)
    if _is_workbook(file):
        _check_workbook(file, at)
    else:
        scanning.scan(file)
    first = [row for _number, row in zip(range(LOOKED_AT), rows(file), strict=False)]
    return find_header(first)


def rows(file: "File[Any]") -> Iterator[list[str]]:
    """Every row from the first, as text; more rows than a register has are refused."""
    found = _workbook_rows(file) if _is_workbook(file) else _csv_rows(file)
    for number, row in enumerate(found):
        if number > MOST_LINES:
            raise RuleBroken(
                "register.too_many",
                term("Tệp có hơn %(most)s dòng; hãy chia thành nhiều tệp."),
                field="file",
                most=MOST_LINES,
            )
        yield row


def _check_workbook(file: "File[Any]", at: datetime) -> None:
    """Refuses what is no workbook, runs something, or unpacks to far more than it weighs."""
    if not zipfile.is_zipfile(file):
        raise _broken()
    try:
        kind = inspect(file, at=at).kind
    except RuleBroken as refusal:
        if refusal.code == "evidence.bomb":
            raise RuleBroken(
                "register.bomb",
                term("Tệp bung ra quá lớn nên không nhận; hãy lưu lại thành XLSX mới."),
                field="file",
            ) from refusal
        raise
    if kind is not FileKind.XLSX:
        raise _no_table()


def _is_workbook(file: "File[Any]") -> bool:
    file.seek(0)
    head = file.read(4)
    file.seek(0)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if _is_locked(file):
            raise RuleBroken(
                "register.locked",
                term("Tệp có mật khẩu nên không đọc được; hãy bỏ mật khẩu, lưu lại rồi tải lên."),
                field="file",
            )
        raise RuleBroken(
            "register.old_workbook",
            term("Đây là tệp XLS cũ; hãy mở tệp, chọn Lưu thành XLSX rồi tải lại."),
            field="file",
        )
    return bool(head.startswith(b"PK"))


def _is_locked(file: "File[Any]") -> bool:
    """A workbook with a password is an old container that holds the packed one encrypted."""
    content = file.read(settings.MAX_UPLOAD_BYTES)
    file.seek(0)
    return LOCKED in content


def _workbook_rows(file: "File[Any]") -> Iterator[list[str]]:
    """The first sheet's rows; what the library cannot read is refused as broken."""
    try:
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        merged = _merged(file, sheet._worksheet_path)
        found = sheet.iter_rows(max_row=MOST_LINES + 2, max_col=MOST_COLUMNS, values_only=True)
        yield from _filled(found, merged)
    except (*_BROKEN, IndexError, zipfile.LargeZipFile, EOFError) as error:
        raise _broken() from error


def _filled(
    found: Iterator[tuple[Any, ...]], merged: list[tuple[int, int, int, int]]
) -> Iterator[list[str]]:
    """Rows whose merged cells all say what the first of them says."""
    waiting = sorted(merged, key=lambda area: area[1], reverse=True)
    open_areas: list[tuple[int, int, int, str]] = []
    for number, values in enumerate(found, start=1):
        row = [_text(value) for value in values]
        while waiting and waiting[-1][1] <= number:
            left, _top, right, bottom = waiting.pop()
            if left <= len(row):
                open_areas.append((left, min(right, len(row)), bottom, row[left - 1]))
        for left, right, _bottom, text in open_areas:
            row[left - 1 : right] = [text] * (right - left + 1)
        open_areas = [area for area in open_areas if area[2] > number]
        yield row


def _merged(file: "File[Any]", path: str) -> list[tuple[int, int, int, int]]:
    """The merged areas of a sheet, which the library leaves out when it reads row by row."""
    areas: list[tuple[int, int, int, int]] = []
    with zipfile.ZipFile(file) as archive, archive.open(path.lstrip("/")) as sheet:
        for match in _matches(sheet):
            areas.append(range_boundaries(match.decode()))
            if len(areas) > MOST_MERGES:
                raise _broken()
    return areas


def _matches(sheet: IO[bytes]) -> Iterator[bytes]:
    kept = b""
    while chunk := sheet.read(CHUNK):
        text = kept + chunk
        last = 0
        for match in _MERGE.finditer(text):
            last = match.end()
            yield match[1]
        kept = text[max(last, len(text) - 100) :]


def _text(value: object) -> str:
    """A cell in words: a day as Vietnam writes it, a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return nfc(str(value))


def _csv_rows(file: "File[Any]") -> Iterator[list[str]]:
    text = _decoded(file.read())
    file.seek(0)
    head = text[: CHUNK // 8]
    delimiter = max(";,\t", key=head.count)
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            yield [nfc(cell) for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise _broken() from error


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise RuleBroken(
            "register.encoding",
            term("Tệp CSV không phải UTF-8; hãy lưu thành “CSV UTF-8” hoặc XLSX."),
            field="file",
        ) from None
    if "\0" in text:
        raise _no_table()
    return text


def _broken() -> RuleBroken:
    return RuleBroken(
        "register.broken",
        term("Tệp hỏng, không đọc được bảng; hãy mở tệp, lưu lại thành XLSX rồi tải lên."),
        field="file",
    )


def _no_table() -> RuleBroken:
    return RuleBroken("register.no_table", term("Chỉ nhận tệp bảng XLSX hoặc CSV."), field="file")
