"""Is the portal well? Database, broker, and a worker that was seen lately."""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection

from ocop_portal.celery import app
from ocop_portal.web.models import Heartbeat

WORKER = "worker"
WORKER_MAY_BE_SILENT = timedelta(seconds=60)
BROKER_PATIENCE_SECONDS = 2

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """One organ and, where it is not well, what is wrong with it."""

    name: str
    fault: str = ""

    @property
    def is_well(self) -> bool:
        return not self.fault


def examine(at: datetime) -> list[Finding]:
    """All findings; a dead database does not hide the broker's."""
    organs: dict[str, Callable[[datetime], str]] = {
        "database": _database_fault,
        "broker": _broker_fault,
        "worker": _worker_fault,
    }
    return [Finding(name, ask(at)) for name, ask in organs.items()]


def _database_fault(_at: datetime) -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("healthz: the database does not answer")
        return "unreachable"
    return ""


def _broker_fault(_at: datetime) -> str:
    try:
        with app.connection_for_write(connect_timeout=BROKER_PATIENCE_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_PATIENCE_SECONDS)
            _must_hold_messages(broker.transport_options)
    except Exception:  # each transport has its own errors; every one means "down"
        log.exception("healthz: the broker does not answer")
        return "unreachable"
    return ""


def _must_hold_messages(options: Mapping[str, Any]) -> None:
    """The broker that needs no server is a folder: it must be there and take files."""
    folder = options.get("data_folder_out")
    if folder and not os.access(folder, os.W_OK | os.X_OK):
        raise OSError(f"{folder} cannot be written")


def _worker_fault(at: datetime) -> str:
    try:
        seen = Heartbeat.objects.filter(name=WORKER).values_list("at", flat=True).first()
    except DatabaseError:
        return "unknown"
    if seen is None:
        return "never seen"
    if at - seen > WORKER_MAY_BE_SILENT:
        return f"silent since {seen.isoformat(timespec='seconds')}"
    return ""
