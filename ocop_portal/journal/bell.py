"""The bell: wakes a worker. The rows are the queue, so a bell that nobody hears loses nothing."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ocop_portal.celery import app

# After a failed ring this process leaves the broker alone for a while; the sweep does the work.
REST_SECONDS = 15.0
RING_EXPIRES_SECONDS = 600

log = logging.getLogger(__name__)
_is_silent: ContextVar[bool] = ContextVar("bell_is_silent", default=False)
_resting_until = 0.0


@contextmanager
def silence() -> Iterator[None]:
    """Rings nothing inside: for imports and demonstrations, whose rows the sweep finds."""
    mark = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(mark)


def forget() -> None:
    """The broker may be asked again at once."""
    global _resting_until  # noqa: PLW0603 - one broker, one memory of its last failure
    _resting_until = 0.0


def ring(task: str, row_id: int) -> None:
    """Asks a worker to run `task(row_id)`; never raises, never makes a request wait for long."""
    global _resting_until  # noqa: PLW0603 - as above
    if _is_silent.get() or time.monotonic() < _resting_until:
        return
    try:
        app.send_task(task, args=[row_id], retry=False, expires=RING_EXPIRES_SECONDS)
    except Exception as error:  # each transport has its own; none may reach a person
        _resting_until = time.monotonic() + REST_SECONDS
        log.warning("the broker does not hear %s(%s): %s", task, row_id, error)
