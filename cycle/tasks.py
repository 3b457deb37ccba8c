"""The nightly work of the cycle: calls services, nothing else."""

from celery import shared_task
from django.utils import timezone

from cycle.services import reminders


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name="cycle.tasks.remind_of_due_dossiers", time_limit=300, soft_time_limit=270
)
def remind_of_due_dossiers() -> int:
    """Reports and corrections due in three working days, or overdue; run twice, it tells once."""
    at = timezone.now()
    return reminders.remind_of_reports(at=at) + reminders.remind_of_corrections(at=at)


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name="cycle.tasks.remind_of_late_answers", time_limit=300, soft_time_limit=270
)
def remind_of_late_answers() -> int:
    """Ideas, plans, requests and questions whose answer is late; run twice, it tells once."""
    return reminders.remind_of_answers(at=timezone.now())
