"""What people ask about their data: asked, withdrawn, answered; the only door to these rows."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from ocop_portal.privacy import retention
from ocop_portal.privacy.models import OPEN, DataRequest, RequestKind, RequestState
from ocop_portal.privacy.permissions import may_answer, obstacles_of

LONGEST_TEXT = 3000


@transaction.atomic
def ask(kind: RequestKind, *, text: str, by: User, at: datetime) -> DataRequest:
    """A person's request with the day by which the law wants it answered; asked twice, it is one.

    A correction says what is wrong.
    """
    User.objects.select_for_update().get(pk=by.pk)
    known = DataRequest.objects.filter(person=by, kind=kind, state__in=OPEN).first()
    if known is not None:
        return known
    if kind == RequestKind.CORRECTION and not text.strip():
        raise ValidationError({"text": _("Hãy ghi điều cần sửa.")})
    row = DataRequest.objects.create(
        person=by,
        kind=kind,
        text=text.strip()[:LONGEST_TEXT],
        asked_at=at,
        due_at=retention.due_at(at, timezone.localdate(at)),
    )
    _record("asked", row, by, at)
    return row


@transaction.atomic
def withdraw(row: DataRequest, *, by: User, at: datetime) -> DataRequest:
    """The person thinks again; possible until it is done."""
    current = _locked(row)
    if current.person_id != by.pk:
        raise PermissionDenied(_("Yêu cầu này của người khác."))
    if current.state in OPEN:
        _close(current, RequestState.WITHDRAWN, at)
        _record("withdrawn", current, by, at)
    return current


@transaction.atomic
def approve(row: DataRequest, *, answer: str, by: User, at: datetime) -> DataRequest:
    """A correction was made, or a deletion is done in the coming night; the person is told.

    Refused while something forbids to forget the person, which is named.
    """
    current = _for_answer(row, by, at)
    if current.kind == RequestKind.CORRECTION:
        _close(current, RequestState.DONE, at, answer=answer, by=by)
    else:
        if obstacles := obstacles_of(current.person, at):
            raise ValidationError(obstacles)
        current.state, current.answer, current.answered_by = RequestState.APPROVED, answer, by
        current.save(update_fields=["state", "answer", "answered_by"])
    _record("approved", current, by, at)
    return current


@transaction.atomic
def refuse(row: DataRequest, *, answer: str, by: User, at: datetime) -> DataRequest:
    """The law keeps what was asked for; the person is told why."""
    current = _for_answer(row, by, at)
    if not answer.strip():
        raise ValidationError({"answer": _("Hãy ghi lý do.")})
    _close(current, RequestState.REFUSED, at, answer=answer, by=by)
    _record("refused", current, by, at)
    return current


def still_possible(row: DataRequest, *, at: datetime) -> bool:
    """Whether an approved deletion can be done now; if not, it waits for an answer again."""
    current = _locked(row)
    if current.state != RequestState.APPROVED:
        return False
    if obstacles_of(current.person, at):
        current.state = RequestState.WAITING
        current.save(update_fields=["state"])
        return False
    return True


def finish(row: DataRequest, *, at: datetime) -> None:
    """An approved deletion was done: nothing of what the person wrote is left in it."""
    current = _locked(row)
    _close(current, RequestState.DONE, at)
    _record("done", current, None, at)


def _for_answer(row: DataRequest, by: User, at: datetime) -> DataRequest:
    require(may_answer(by, row.person, on=timezone.localdate(at)))
    current = _locked(row)
    if current.state != RequestState.WAITING:
        raise ValidationError(_("Yêu cầu này đã được trả lời hoặc đã rút; hãy tải lại trang."))
    return current


def _close(
    row: DataRequest,
    state: RequestState,
    at: datetime,
    *,
    answer: str | None = None,
    by: User | None = None,
) -> None:
    row.state, row.closed_at = state, at
    row.answer = row.answer if answer is None else answer.strip()[:LONGEST_TEXT]
    row.answered_by = by or row.answered_by
    row.save(update_fields=["state", "closed_at", "answer", "answered_by"])


def _locked(row: DataRequest) -> DataRequest:
    rows = DataRequest.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=row.pk)


def _record(word: str, row: DataRequest, by: User | None, at: datetime) -> None:
    journal.record(
        f"privacy.request.{word}", subject=row, actor=by, at=at, facts={"kind": row.kind}
    )
