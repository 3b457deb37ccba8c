"""Bulk acts: a person's own, their rows, and those that wait for a worker."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from ocop_portal.accounts.models import User
from reporting.domain.bulk_states import WORKING, RowOutcome
from reporting.models import BulkJob, BulkRow

LEFT_AFTER = timedelta(seconds=20)


def own_jobs(user: User) -> QuerySet[BulkJob]:
    """What the person did to many rows, the newest first; with how many rows and how many done."""
    done = Count("rows", filter=Q(rows__outcome=RowOutcome.DONE))
    rows = BulkJob.objects.filter(by=user).annotate(chosen=Count("rows"), done=done)
    return rows.order_by("-made_at", "-id")


def rows_of(job: BulkJob) -> QuerySet[BulkRow]:
    return BulkRow.objects.filter(job=job).order_by("number")


def counts_of(job: BulkJob) -> Mapping[RowOutcome, int]:
    """How many rows came to each outcome, in one query."""
    found = dict(job.rows.order_by().values_list("outcome").annotate(count=Count("pk")))
    return {outcome: found.get(outcome.value, 0) for outcome in RowOutcome}


def left(at: datetime) -> QuerySet[BulkJob]:
    """Bulk acts with work to do that no worker has touched for a while."""
    untouched = Q(touched_at__isnull=True, made_at__lt=at - LEFT_AFTER) | Q(
        touched_at__lt=at - LEFT_AFTER
    )
    return BulkJob.objects.filter(untouched, state__in=WORKING).order_by("pk")
