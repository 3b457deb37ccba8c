"""Counts how often certificates are looked up, without a write for every look.

A process gathers what it answered and writes one row for each certificate every few seconds, so
that a page from the cache stays as cheap as one. What a killed process had not written is lost:
the figure tells how a mark is used, it proves nothing.
"""

import atexit
import logging
import threading
from collections import Counter
from datetime import date

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import F

from promotion.models import CheckCount

log = logging.getLogger(__name__)
_gathered: Counter[tuple[int, date]] = Counter()
_lock = threading.Lock()
_timer: threading.Timer | None = None


def count(certificate_id: int, *, on: date) -> None:
    """One more look at a certificate, written with the others after a few seconds."""
    global _timer  # noqa: PLW0603 - one gathering for one process
    with _lock:
        _gathered[certificate_id, on] += 1
        if _timer is None and settings.CHECKS_WRITTEN_AFTER_SECONDS:
            _timer = threading.Timer(settings.CHECKS_WRITTEN_AFTER_SECONDS, _write_from_timer)
            _timer.daemon = True
            _timer.start()


def write() -> int:
    """Writes what was gathered; says how many looks it was."""
    global _timer
    with _lock:
        gathered, _timer = dict(_gathered), None
        _gathered.clear()
    for (certificate_id, on), looks in gathered.items():
        _add(certificate_id, on, looks)
    return sum(gathered.values())


def forget() -> None:
    """Drops what was gathered and not written yet."""
    with _lock:
        _gathered.clear()


def _add(certificate_id: int, on: date, looks: int) -> None:
    with transaction.atomic():
        row, _made = CheckCount.objects.get_or_create(certificate_id=certificate_id, on=on)
        CheckCount.objects.filter(pk=row.pk).update(checks=F("checks") + looks)


def _write_from_timer() -> None:
    try:
        write()
    except Error as error:  # a database that is away costs a figure, not a page
        log.warning("looks at certificates were not counted: %s", error)
    finally:
        connection.close()


if settings.CHECKS_WRITTEN_AFTER_SECONDS:
    atexit.register(_write_from_timer)
