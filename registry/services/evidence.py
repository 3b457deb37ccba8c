"""Keeps the papers of a subject: validated by content, stored under a random name."""

import hashlib
import zipfile
from datetime import date, datetime
from typing import Any

import puremagic
from django.core.files.base import File
from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.documents import (
    EvidenceKind,
    FileKind,
    check_size,
    safe_name,
    unknown_kind,
)
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.models import Evidence, Subject
from registry.permissions import may_upload_evidence, may_withdraw_evidence

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


def upload(
    subject: Subject,
    *,
    title: str,
    file: "File[Any]",
    kind: EvidenceKind,
    by: User,
    at: datetime,
    valid_until: date | None = None,
) -> Evidence:
    """A new paper of the subject.

    Refused: an empty or too large file, a content that is none of the accepted kinds (whatever
    the name says), macros. The file is written before the transaction and removed if it fails.
    """
    require(may_upload_evidence(by, subject, on=legal_day(at)))
    check_size(file.size or 0)
    file_kind = kind_of(file)
    evidence = Evidence(
        subject=subject,
        title=nfc(title).strip(),
        kind=EvidenceKind(kind),
        original_name=safe_name(file.name or "", file_kind),
        content_type=file_kind.content_type,
        size=file.size,
        sha256=_sha256(file),
        valid_until=valid_until,
        uploaded_by=by,
        uploaded_at=at,
    )
    file.seek(0)
    evidence.file.save(f"minh-chung.{file_kind.value}", file, save=False)
    try:
        return _keep(evidence, by=by, at=at)
    except Exception:
        evidence.file.delete(save=False)
        raise


@transaction.atomic
def withdraw(evidence: Evidence, *, by: User, at: datetime) -> Evidence:
    """The paper is no longer offered to dossiers; those that hold it keep it."""
    require(may_withdraw_evidence(by, evidence, on=legal_day(at)))
    current = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if current.withdrawn_at is not None:
        return current
    current.withdrawn_at = at
    current.save(update_fields=["withdrawn_at"])
    journal.record(
        "registry.evidence.withdrawn",
        subject=current,
        actor=by,
        at=at,
        facts={"subject": current.subject_id},
    )
    return current


def kind_of(file: "File[Any]") -> FileKind:
    """The kind of a file by its content; everything that is not accepted is refused."""
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


@transaction.atomic
def _keep(evidence: Evidence, *, by: User, at: datetime) -> Evidence:
    evidence.save(force_insert=True)
    journal.record(
        "registry.evidence.uploaded",
        subject=evidence,
        actor=by,
        at=at,
        facts={"subject": evidence.subject_id, "kind": evidence.kind, "sha256": evidence.sha256},
    )
    return evidence


def _office_kind(file: "File[Any]") -> FileKind:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise unknown_kind() from None
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


def _sha256(file: "File[Any]") -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
