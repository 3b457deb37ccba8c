"""The worker says that it lives."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from ocop_portal.web.health import WORKER
from ocop_portal.web.models import Heartbeat


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name="ocop_portal.web.tasks.beat_heart", time_limit=20, soft_time_limit=15, expires=30
)
def beat_heart() -> None:
    """Writes the time at which a worker was last seen alive."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"at": timezone.now()})


@worker_ready.connect  # type: ignore[untyped-decorator] # as above
def beat_at_once(**_kwargs: Any) -> None:
    """A worker that has just started is seen now, not only at beat's first turn."""
    beat_heart.delay()
