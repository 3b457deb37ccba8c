"""Looks at a file before it is kept: its size, its kind by content, what it would do, viruses."""

import hashlib
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import puremagic
from django.conf import settings
from django.core.files.base import File

from registry.domain.documents import FileKind, check_archive, check_size, unknown_kind
from registry.domain.errors import RuleBroken
from registry.domain.pdf_content import PdfFault, fault_of
from registry.domain.text import term
from registry.services import scanning

HEAD_BYTES = 4096
KIND_BY_ENDING = {
    ".pdf": FileKind.PDF,
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
    ".jfif": FileKind.JPEG,
    ".png": FileKind.PNG,
}
# An office file is a zip archive; its main part tells what it is.
KIND_BY_PART = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}
PDF_FAULTS = {
    PdfFault.ACTIVE: term(
        "Tệp PDF có mã lệnh hoặc biểu mẫu tự chạy nên không nhận. Hãy mở tệp, chọn In rồi “Lưu "
        "thành PDF” và tải bản mới lên."
    ),
    PdfFault.LOCKED: term(
        "Tệp PDF bị khóa hoặc đặt mật khẩu nên cơ quan không đọc được. Hãy bỏ mật khẩu rồi tải lại."
    ),
}


@dataclass(frozen=True)
class Inspected:
    """What was found in a file that is accepted; `scanned_at` is null where nothing scans."""

    kind: FileKind
    size: int
    sha256: str
    scanned_at: datetime | None


def inspect(file: "File[Any]", *, at: datetime) -> Inspected:
    """The file as it may be kept, wound back to its beginning.

    Refused: an empty or too large file, a content that is none of the accepted kinds (whatever
    the name says), macros, an archive that unpacks to far more than it weighs, a PDF that runs
    something or is locked, a virus; and every file while a scanner is set that does not answer.
    """
    size = file.size or 0
    check_size(size, limit=settings.MAX_UPLOAD_BYTES)
    kind = _kind_of(file)
    if kind is FileKind.PDF:
        _check_pdf(file)
    is_scanned = scanning.scan(file)
    digest = _sha256(file)
    file.seek(0)
    return Inspected(kind, size, digest, at if is_scanned else None)


def _kind_of(file: "File[Any]") -> FileKind:
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if head.startswith(b"PK"):
        return _office_kind(file)
    try:
        ending = puremagic.from_string(head).lower()
    except (puremagic.PureError, ValueError):
        raise unknown_kind() from None
    kind = KIND_BY_ENDING.get(ending)
    if kind is None:
        raise unknown_kind()
    return kind


def _office_kind(file: "File[Any]") -> FileKind:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise unknown_kind() from None
    check_archive(len(parts), sum(part.file_size for part in parts), packed=file.size or 0)
    names = {part.filename for part in parts}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RuleBroken(
            "evidence.macros",
            term("Tệp có chứa macro; hãy lưu lại thành DOCX, XLSX thường hoặc PDF."),
            field="file",
        )
    for part, kind in KIND_BY_PART.items():
        if part in names:
            return kind
    raise unknown_kind()


def _check_pdf(file: "File[Any]") -> None:
    file.seek(0)
    fault = fault_of(file.read())
    if fault is not None:
        raise RuleBroken(f"evidence.pdf_{fault}", PDF_FAULTS[fault], field="file")


def _sha256(file: "File[Any]") -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
