"""The journal's background work: ids in, one call, nothing else."""

import time

from celery import shared_task
from django.utils import timezone

from ocop_portal.accounts.models import Rhythm
from ocop_portal.journal import bell, delivery, digests, sealing
from ocop_portal.journal.services import DELIVER, FAN_OUT

SWEEP_SECONDS = 20.0


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name=FAN_OUT, time_limit=120, soft_time_limit=100
)
def fan_out(entry_id: int) -> None:
    """Writes the notices of one entry, then rings for each mail."""
    for notification_id in delivery.fan_out(entry_id, at=timezone.now()):
        bell.ring(DELIVER, notification_id)


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name=DELIVER, time_limit=90, soft_time_limit=60
)
def deliver(notification_id: int) -> None:
    """Sends one mail."""
    delivery.deliver(notification_id, at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name="ocop_portal.journal.tasks.sweep", time_limit=120, soft_time_limit=90
)
def sweep() -> None:
    """Does by itself what is due, also where every message of the broker was lost.

    It stops after a while, so that a slow mail server does not hold up the worker; the next sweep
    goes on.
    """
    end = time.monotonic() + SWEEP_SECONDS
    for entry_id in delivery.sweep(at=timezone.now()).entries:
        if time.monotonic() > end:
            return
        delivery.fan_out(entry_id, at=timezone.now())
    for notification_id in delivery.sweep(at=timezone.now()).mails:
        if time.monotonic() > end:
            return
        delivery.deliver(notification_id, at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name="ocop_portal.journal.tasks.send_digests", time_limit=1800, soft_time_limit=1700
)
def send_digests(rhythm: str) -> int:
    """What waits for each person of this rhythm; what a stopped run left out, the next does."""
    return digests.send_digests(Rhythm(rhythm), at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name="ocop_portal.journal.tasks.seal", time_limit=120, soft_time_limit=90, expires=10
)
def seal() -> None:
    """Seals what was committed, notes the hour, and closes the days that are over."""
    sealing.seal_new(at=timezone.now())
    sealing.mark_hour(at=timezone.now())
    sealing.close_days(at=timezone.now())
