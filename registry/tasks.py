"""The nightly work of the register: calls services, nothing else."""

from celery import shared_task
from django.utils import timezone

from registry.services import reminders, unit_changes


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name="registry.tasks.remind_of_evidence", time_limit=300, soft_time_limit=270
)
def remind_of_evidence() -> int:
    """Papers that run out soon, or have run out; run twice, it tells once."""
    return reminders.remind_of_evidence(at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name="registry.tasks.apply_unit_changes", time_limit=1800, soft_time_limit=1770
)
def apply_unit_changes() -> int:
    """Changes of units whose legal day has come; run twice, each is carried out once."""
    return unit_changes.apply_due(at=timezone.now())
