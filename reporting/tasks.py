"""Background work of the reporting: each calls one service, and may run twice without harm."""

import time

from celery import shared_task
from django.utils import timezone

from ocop_portal.journal import bell
from reporting.selectors import registers
from reporting.services import open_data, register_imports

WORK = "reporting.tasks.work_register"
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
    name="reporting.tasks.publish_open_data", time_limit=600, soft_time_limit=540
)
def publish_open_data() -> None:
    """The open data of the night."""
    open_data.publish(at=timezone.now())
