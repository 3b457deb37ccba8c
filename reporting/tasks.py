"""Background work of the reporting: each calls one service, and may run twice without harm."""

import logging
import time

from celery import shared_task
from django.utils import timezone

from ocop_portal.journal import bell
from registry.domain.clock import legal_day
from reporting.selectors import bulk, registers
from reporting.services import (
    bulk_jobs,
    open_data,
    province_reports,
    register_imports,
    star_tallies,
)

WORK = "reporting.tasks.work_register"
BULK = "reporting.tasks.work_bulk"
log = logging.getLogger(__name__)
SLICE_SECONDS = 10.0  # then other tasks have their turn


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name=WORK, time_limit=300, soft_time_limit=270
)
def work_register(register_id: int) -> None:
    """The next pieces of a register; rings again for the rest."""
    ends = time.monotonic() + SLICE_SECONDS
    has_more = True
    while has_more and time.monotonic() < ends:
        has_more = register_imports.go_on(register_id, at=timezone.now())
    if has_more:
        bell.ring(WORK, register_id)


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="reporting.tasks.work_left_registers", time_limit=30, soft_time_limit=25, expires=15
)
def work_left_registers() -> None:
    """Rings for registers whose bell nobody heard."""
    for register in registers.left(timezone.now()):
        bell.ring(WORK, register.pk)


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name=BULK, time_limit=120, soft_time_limit=100
)
def work_bulk(job_id: int) -> None:
    """The next rows of an act on many; rings again for the rest."""
    if bulk_jobs.work(job_id, at=timezone.now(), seconds=SLICE_SECONDS):
        bell.ring(BULK, job_id)


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="reporting.tasks.work_left_bulk", time_limit=30, soft_time_limit=25, expires=15
)
def work_left_bulk() -> None:
    """Rings for acts on many rows whose bell nobody heard."""
    for job in bulk.left(timezone.now()):
        bell.ring(BULK, job.pk)


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="reporting.tasks.publish_open_data", time_limit=600, soft_time_limit=540
)
def publish_open_data() -> None:
    """The open data of the night."""
    open_data.publish(at=timezone.now())


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="reporting.tasks.count_stars", time_limit=300, soft_time_limit=270, expires=25
)
def count_stars() -> None:
    """The tallies that are out of step, or of yesterday."""
    star_tallies.count_missing(on=legal_day(timezone.now()))


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="reporting.tasks.check_star_tallies", time_limit=600, soft_time_limit=570
)
def check_star_tallies() -> None:
    """The tallies against a recount; a difference is an error in the log and a failed task."""
    found = list(star_tallies.differences(on=legal_day(timezone.now())))
    for each in found:
        log.error("star tallies: %s", each)
    if found:
        raise RuntimeError(f"star tallies differ from the recount: {found[0]}")


@shared_task(  # type: ignore[untyped-decorator] # celery ships no types
    name="reporting.tasks.remind_of_province_reports", time_limit=300, soft_time_limit=270
)
def remind_of_province_reports() -> None:
    """Provinces' reports that are due soon, or overdue."""
    province_reports.remind(at=timezone.now())
