"""Nightly work of step six."""

from celery import shared_task
from django.utils import timezone

from promotion.services import reports


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="promotion.tasks.remind_of_reports", time_limit=300, soft_time_limit=270
)
def remind_of_reports() -> None:
    """Reports of misuse whose day has passed unanswered."""
    reports.remind_of_overdue(at=timezone.now())
