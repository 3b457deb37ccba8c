"""Nightly work of step six."""

from celery import shared_task
from django.utils import timezone

from promotion.services import enquiries, reports


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="promotion.tasks.remind_of_reports", time_limit=300, soft_time_limit=270
)
def remind_of_reports() -> None:
    """Reports of misuse whose day has passed unanswered."""
    reports.remind_of_overdue(at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="promotion.tasks.remind_of_enquiries", time_limit=300, soft_time_limit=270
)
def remind_of_enquiries() -> None:
    """Buyers' questions whose day has passed unanswered."""
    enquiries.remind_of_overdue(at=timezone.now())
