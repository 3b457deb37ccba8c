"""Keeps the papers of a subject: validated by content, stored under a random name."""

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry import signals
from registry.domain.clock import legal_day
from registry.domain.documents import EvidenceKind, safe_name
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.models import Evidence, Subject
from registry.permissions import may_upload_evidence, may_withdraw_evidence
from registry.services import uploads


def upload(
    subject: Subject,
    *,
    title: str,
    file: "File[Any]",
    kind: EvidenceKind,
    by: User,
    at: datetime,
    valid_until: date | None = None,
    replaces: Evidence | None = None,
) -> Evidence:
    """A new paper of the subject.

    Refused: what `uploads.inspect` refuses. The same file under the same name again is the same
    paper. `replaces` is a paper that runs out: the new one takes its place (see `renew`). The
    file is written before the transaction and removed where no row was made.
    """
    require(may_upload_evidence(by, subject, on=legal_day(at)))
    found = uploads.inspect(file, at=at)
    evidence = Evidence(
        subject=subject,
        title=nfc(title).strip(),
        kind=EvidenceKind(kind),
        original_name=safe_name(file.name or "", found.kind),
        content_type=found.kind.content_type,
        size=found.size,
        sha256=found.sha256,
        scanned_at=found.scanned_at,
        replaces=replaces,
        valid_until=valid_until,
        uploaded_by=by,
        uploaded_at=at,
    )
    evidence.file.save(f"minh-chung.{found.kind.value}", file, save=False)
    try:
        kept = _keep(evidence, by=by, at=at)
    except Exception:
        evidence.file.delete(save=False)
        raise
    if kept is not evidence:
        evidence.file.delete(save=False)
    return kept


def renew(
    evidence: Evidence,
    *,
    file: "File[Any]",
    by: User,
    at: datetime,
    valid_until: date | None = None,
    title: str = "",
) -> Evidence:
    """A new file in the place of a paper that runs out.

    The old one stays where it was handed in; what is still being written takes the new one (the
    apps above hear of it). Refused: a paper that was replaced already or withdrawn.
    """
    return upload(
        evidence.subject,
        title=title or evidence.title,
        file=file,
        kind=EvidenceKind(evidence.kind),
        valid_until=valid_until,
        replaces=evidence,
        by=by,
        at=at,
    )


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


@transaction.atomic
def _keep(evidence: Evidence, *, by: User, at: datetime) -> Evidence:
    # The lock makes a second press wait for the first, and find what it has made.
    Subject.objects.select_for_update().get(pk=evidence.subject_id)
    if (same := _same(evidence)) is not None:
        return same
    if evidence.replaces is not None:
        _check_replaceable(evidence.replaces)
    evidence.save(force_insert=True)
    journal.record(
        "registry.evidence.uploaded",
        subject=evidence,
        actor=by,
        at=at,
        facts={"subject": evidence.subject_id, "kind": evidence.kind, "sha256": evidence.sha256},
    )
    if evidence.replaces_id is not None:
        signals.evidence_replaced.send(
            sender=Evidence, old_id=evidence.replaces_id, new_id=evidence.pk, by_id=by.pk, at=at
        )
    return evidence


def _same(evidence: Evidence) -> Evidence | None:
    """The paper that this one would double."""
    rows = Evidence.objects.filter(
        subject=evidence.subject_id,
        sha256=evidence.sha256,
        title=evidence.title,
        kind=evidence.kind,
        valid_until=evidence.valid_until,
        replaces=evidence.replaces_id,
        withdrawn_at__isnull=True,
    )
    return rows.order_by("pk").first()


def _check_replaceable(old: Evidence) -> None:
    current = Evidence.objects.get(pk=old.pk)
    if current.is_withdrawn or Evidence.objects.filter(replaces=current).exists():
        raise RuleBroken(
            "evidence.replaced",
            term("Minh chứng này đã được thay hoặc đã rút; hãy dùng bản mới nhất."),
        )
