"""The background work of personal data: ids in, one call, nothing else."""

from celery import shared_task
from django.utils import timezone

from ocop_portal.privacy import anonymising, exports
from ocop_portal.privacy.models import DataExport


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name=exports.MAKE, time_limit=600, soft_time_limit=540
)
def make_export(export_id: int) -> None:
    """Writes one person's file."""
    for row in DataExport.objects.filter(pk=export_id):
        exports.make(row, at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name="ocop_portal.privacy.tasks.make_waiting_exports", time_limit=600, soft_time_limit=540
)
def make_waiting_exports() -> int:
    """Writes the files whose message was lost."""
    return exports.make_waiting(at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # ships no types
    name="ocop_portal.privacy.tasks.anonymise", time_limit=3600, soft_time_limit=3500
)
def anonymise() -> int:
    """Forgets what is past its time."""
    return sum(done.rows for done in anonymising.run(at=timezone.now()))
