"""The programs' background work: one call each."""

import time

from celery import shared_task
from django.utils import timezone

from ocop_portal.clients import answers, changes, delivery

SWEEP_SECONDS = 20.0


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name="ocop_portal.clients.tasks.send_changes", time_limit=120, soft_time_limit=90
)
def send_changes() -> None:
    """Numbers what was committed and sends what is due; stops after a while, the next goes on."""
    end = time.monotonic() + SWEEP_SECONDS
    while changes.number_new(at=timezone.now()) and time.monotonic() < end:
        pass
    for delivery_id in delivery.due(timezone.now()):
        if time.monotonic() > end:
            return
        delivery.deliver(delivery_id, at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name="ocop_portal.clients.tasks.forget_answers", time_limit=300, soft_time_limit=240
)
def forget_answers() -> None:
    """Drops kept answers that nobody repeats any more."""
    answers.forget_old(at=timezone.now())
