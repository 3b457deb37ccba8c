"""One act on many rows: the only place that sets the state of a bulk act.

Each row is tried, and later done, in a transaction of its own through the service of one row; a
row that fails leaves the others alone. A worker that dies loses nothing and doubles nothing.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import refused, require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from reporting.domain.bulk_states import BULK, BulkMove, BulkState, RowOutcome
from reporting.models import BulkJob, BulkRow
from reporting.services.bulk_actions import ACTIONS, Action, row_url

NOT_YOURS = term("Việc hàng loạt này do người khác chọn.")
LONGEST_MESSAGE = 600
log = logging.getLogger(__name__)


@transaction.atomic
def start(
    action_name: str, ids: Sequence[int], *, by: User, at: datetime, back: str = ""
) -> BulkJob:
    """The chosen rows that the person may see, in the order of the list.

    Refused: an act that there is not, no row, more rows than `BULK_ROWS`.
    """
    action = ACTIONS.get(action_name)
    if action is None:
        raise RuleBroken("bulk.action", term("Không có việc hàng loạt này."))
    most = settings.BULK_ROWS
    if len(set(ids)) > most:
        raise RuleBroken("bulk.limit", term("Mỗi lần chọn nhiều nhất %(most)s dòng."), most=most)
    found = list(action.rows(by, legal_day(at)).filter(pk__in=set(ids)))
    if not found:
        raise RuleBroken("bulk.none", term("Hãy chọn ít nhất một dòng trong danh sách."))
    state = BulkState.ASKING if action.asks else BulkState.CHECKING
    job = BulkJob.objects.create(action=action_name, by=by, made_at=at, state=state, back=back)
    BulkRow.objects.bulk_create(
        BulkRow(
            job=job,
            number=number,
            object_id=row.pk,
            label=action.title(row)[:300],
            url=row_url(row),
        )
        for number, row in enumerate(found, start=1)
    )
    return job


@transaction.atomic
def check(job: BulkJob, *, facts: Mapping[str, Any], by: User) -> BulkJob:
    """What the act needs is said; every row is tried anew."""
    current = _locked(job, by)
    _move(current, BulkMove.CHECK)
    current.facts = dict(facts)
    current.save(update_fields=["facts"])
    current.rows.update(outcome=RowOutcome.WAITING, message="", facts={})
    return current


@transaction.atomic
def confirm(job: BulkJob, *, by: User, at: datetime) -> BulkJob:
    """The person has read the preview and wants it done; confirmed twice is confirmed once."""
    current = _locked(job, by)
    if current.confirmed_at is not None:
        return current
    possible = current.rows.filter(outcome=RowOutcome.POSSIBLE).count()
    _move(current, BulkMove.CONFIRM, frozenset({"possible"}) if possible else frozenset())
    current.confirmed_at = at
    current.save(update_fields=["confirmed_at"])
    facts = {"action": current.action, "rows": possible}
    journal.record("reporting.bulk.confirmed", subject=current, actor=by, at=at, facts=facts)
    return current


def work(job_id: int, *, at: datetime, seconds: float) -> bool:
    """Tries or does rows for so long; says whether there is more to do."""
    ends = time.monotonic() + seconds
    while go_on(job_id, at=at):
        if time.monotonic() > ends:
            return True
    return False


def go_on(job_id: int, *, at: datetime) -> bool:
    """The next row, or the end of the work; says whether there is more to do."""
    job = BulkJob.objects.select_related("by").get(pk=job_id)
    is_trial = job.status is BulkState.CHECKING
    if not job.status.is_working:
        return False
    BulkJob.objects.filter(pk=job_id).update(touched_at=at)
    waiting = RowOutcome.WAITING if is_trial else RowOutcome.POSSIBLE
    row = job.rows.filter(outcome=waiting).order_by("number").first()
    if row is not None:
        _do_row(job, row.pk, waiting, at)
        return True
    _finish(job)
    return False


@transaction.atomic
def _do_row(job: BulkJob, row_id: int, waiting: RowOutcome, at: datetime) -> None:
    """The row is the lock: a second worker at it finds that it was done."""
    row = BulkRow.objects.select_for_update().get(pk=row_id)
    if row.result is not waiting:
        return
    row.outcome, row.message, row.facts = _outcome(job, row, at)
    row.message = row.message[:LONGEST_MESSAGE]
    row.save(update_fields=["outcome", "message", "facts"])


def _outcome(job: BulkJob, row: BulkRow, at: datetime) -> tuple[RowOutcome, str, dict[str, str]]:
    """What the service of one row answers, and the reason where it refuses."""
    action, is_trial = ACTIONS[job.action], job.status is BulkState.CHECKING
    refusal = RowOutcome.IMPOSSIBLE if is_trial else RowOutcome.REFUSED
    thing = action.rows(job.by, legal_day(at)).filter(pk=row.object_id).first()
    if thing is None:
        return refusal, term("Dòng này không còn trong danh sách của bạn."), {}
    try:
        _act(action, thing, job, at, is_trial=is_trial)
    except RuleBroken as broken:
        return refusal, broken.message, {key: str(value) for key, value in broken.facts.items()}
    except PermissionDenied as denied:
        return refusal, str(denied), {}
    except Exception:
        log.exception("bulk act %s, row %s", job.pk, row.pk)
        return RowOutcome.FAILED, term("Cổng gặp lỗi ở dòng này; lỗi đã được ghi lại."), {}
    return (RowOutcome.POSSIBLE if is_trial else RowOutcome.DONE), "", {}


@transaction.atomic
def _act(action: Action, thing: Any, job: BulkJob, at: datetime, *, is_trial: bool) -> None:
    """In a trial everything is taken back, with what was to be told on commit."""
    action.act(thing, job.facts, job.by, at)
    if is_trial:
        transaction.set_rollback(True)


@transaction.atomic
def _finish(job: BulkJob) -> None:
    current = BulkJob.objects.select_for_update().get(pk=job.pk)
    if current.status is job.status:
        is_trial = current.status is BulkState.CHECKING
        _move(current, BulkMove.FIND if is_trial else BulkMove.FINISH)


def _locked(job: BulkJob, by: User) -> BulkJob:
    if job.by_id != by.pk:
        require(refused(NOT_YOURS))
    return BulkJob.objects.select_for_update().get(pk=job.pk)


def _move(job: BulkJob, move: BulkMove, facts: frozenset[str] = frozenset()) -> None:
    job.state = BULK.decide(job.status, move, facts)
    job.save(update_fields=["state"])
