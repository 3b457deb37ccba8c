"""The nightly check."""

from celery import shared_task
from django.utils import timezone

from ocop_portal.upkeep import services

HOUR = 3600


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="ocop_portal.upkeep.tasks.check_invariants", time_limit=HOUR, soft_time_limit=HOUR - 60
)
def check_invariants() -> None:
    """Every rule once; a thirtieth of the files."""
    services.run(at=timezone.now())
