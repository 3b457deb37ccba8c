"""Keeps what a subject was before a change of its legal facts; called by `subjects` alone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ocop_portal.accounts.models import User
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.models import Evidence, Subject, SubjectChange

# The facts whose history is kept.
KEPT = ("name", "kind", "tax_code", "registration_number", "representative_name")


def check(
    subject: Subject, *, decided_on: date | None, document: Evidence | None, on: date
) -> None:
    """Refuses a day to come, and a paper that is another subject's or withdrawn."""
    if decided_on is not None and decided_on > on:
        raise RuleBroken(
            "subject_change.later", term("Ngày đổi không thể sau hôm nay."), field="decided_on"
        )
    if document is not None and (document.subject_id != subject.pk or document.is_withdrawn):
        raise RuleBroken(
            "subject_change.document",
            term("Hãy chọn một minh chứng còn hiệu lực của chính chủ thể này."),
            field="document",
        )


def keep(
    subject: Subject,
    before: Mapping[str, Any],
    *,
    decided_on: date | None,
    document: Evidence | None,
    by: User,
    at: datetime,
) -> list[SubjectChange]:
    """One row for each legal fact that is another one now."""
    rows = [
        SubjectChange(
            subject=subject,
            field=name,
            before=str(before[name]),
            after=str(getattr(subject, name)),
            decided_on=decided_on,
            document=document,
            changed_by=by,
            changed_at=at,
        )
        for name in KEPT
        if str(getattr(subject, name)) != str(before[name])
    ]
    return SubjectChange.objects.bulk_create(rows)
