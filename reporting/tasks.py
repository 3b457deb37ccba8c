"""Nightly work of the reports."""

from celery import shared_task
from django.utils import timezone

from reporting.services import open_data


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="reporting.tasks.publish_open_data", time_limit=600, soft_time_limit=540
)
def publish_open_data() -> None:
    """The open data of the night."""
    open_data.publish(at=timezone.now())
