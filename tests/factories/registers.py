"""Registers as an office keeps them in a workbook: 22 columns, merged cells, fictitious names."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.core.files.base import ContentFile

from ocop_portal.accounts.models import User
from registry.domain.regime import Division
from registry.models import Unit
from reporting.domain.register_columns import Field
from reporting.models import RegisterImport
from reporting.services import register_imports
from tests.factories import registry
from tests.factories.register_columns import COLUMNS, LOWER, UPPER
from tests.factories.registry import NOW

TEA: dict[Field, Any] = {
    Field.PRODUCT: "Chè nõn tôm",
    Field.GROUP: "Thực phẩm",
    Field.KIND: "HTX",
    Field.SUBJECT: "HTX chè Trại Cài",
    Field.COMMUNE: "Xã Tân Cương",
    Field.ADDRESS: "Xóm Hồng Thái",
    Field.REPRESENTATIVE: "Trần Thị Mơ",
    Field.PHONE: "0208 000 0001",
    Field.STARS: 3,
    Field.FIRST_STARS: 3,
    Field.FIRST_DATE: date(2024, 11, 12),
    Field.FIRST_YEAR: 2024,
    Field.FIRST_DECISION: "4894/QĐ-UBND",
    Field.FIRST_AUTHORITY: "UBND tỉnh Thái Nguyên",
}
LATER: dict[Field, Any] = {
    Field.STARS: 4,
    Field.LATER_STARS: "4 sao",
    Field.LATER_DATE: "2026-05-06",
    Field.LATER_DECISION: "QĐ số 77/QĐ-UBND",
    Field.LATER_AUTHORITY: "UBND tỉnh Thái Nguyên",
}


def line(**changes: Any) -> dict[Field, Any]:
    """The tea of the model line with other cells, named by their field."""
    return TEA | {Field(name): value for name, value in changes.items()}


def table(lines: Iterable[dict[Field, Any]]) -> list[list[Any]]:
    """Title, two rows of headings, the row of numbers, then the lines."""
    rows: list[list[Any]] = [["SỔ THEO DÕI SẢN PHẨM OCOP"], UPPER, LOWER]
    rows.append([f"({number})" for number in range(1, 23)])
    for number, each in enumerate(lines, start=1):
        row: list[Any] = [number] + [""] * 21
        for field, value in each.items():
            row[COLUMNS[field]] = value
        rows.append(row)
    return rows


def workbook(
    rows: Sequence[Sequence[Any]], *, merged: Sequence[str] = (), name: str = "so.xlsx"
) -> "ContentFile[bytes]":
    """The rows in the first sheet; `merged` as “E5:E7”; a text that begins with = is a formula."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Sổ")
    for area in merged:
        sheet.merge_range(area, "")
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value not in ("", None):
                sheet.write(row, column, value)
    book.close()
    return ContentFile(out.getvalue(), name=name)


def comma_file(rows: Sequence[Sequence[Any]], *, name: str = "so.csv") -> "ContentFile[bytes]":
    out = StringIO()
    csv.writer(out).writerows(rows)
    return ContentFile(out.getvalue().encode("utf-8-sig"), name=name)


def uploaded(
    file: "ContentFile[bytes]", by: User, *, unit: Unit | None = None, **how: Any
) -> RegisterImport:
    facts: dict[str, Any] = {"division": Division.TWO_TIER, "at": NOW, **how}
    return register_imports.upload(file, unit=unit or registry.province(), by=by, **facts)


def checked(file: "ContentFile[bytes]", by: User, **how: Any) -> RegisterImport:
    """Uploaded and checked with the guessed columns."""
    register = uploaded(file, by, **how)
    mapping = {Field(name): column for name, column in register.mapping.items()}
    register_imports.check(register, mapping=mapping, by=by, at=NOW)
    return worked(register)


def loaded(file: "ContentFile[bytes]", by: User, **how: Any) -> RegisterImport:
    register = checked(file, by, **how)
    register_imports.load(register, by=by, at=NOW)
    return worked(register)


def worked(register: RegisterImport) -> RegisterImport:
    """What the worker does until there is nothing more to do."""
    while register_imports.go_on(register.pk, at=NOW):
        pass
    register.refresh_from_db()
    return register
