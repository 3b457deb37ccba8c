"""How the queues stand, in Prometheus' form; read from the rows when somebody asks."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from ocop_portal.celery import app
from ocop_portal.journal import sealing
from ocop_portal.journal.models import Delivery, Entry, Notification
from ocop_portal.upkeep.selectors import latest_run
from ocop_portal.web.health import WORKER
from ocop_portal.web.models import Heartbeat

QUEUE = "celery"
UNKNOWN = float("nan")

log = logging.getLogger(__name__)


class Gauges(Collector):
    """Every gauge, as the rows say now."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        at = timezone.now()
        yield from _notices(at)
        yield from _checks(at)
        yield _gauge(
            "ocop_journal_unsealed",
            "Entries that wait for their seal.",
            sealing.waiting(at).count(),
        )
        seen = Heartbeat.objects.filter(name=WORKER).values_list("at", flat=True).first()
        yield _gauge(
            "ocop_worker_silent_seconds", "Since the worker was last seen.", _age(seen, at)
        )
        yield _gauge("ocop_broker_messages", "Bells that no worker has heard yet.", _depth())


def _notices(at: datetime) -> Iterator[GaugeMetricFamily]:
    untold = Entry.objects.filter(fan_out_due_at__isnull=False).aggregate(
        number=Count("pk"), oldest=Min("fan_out_due_at")
    )
    yield _gauge(
        "ocop_entries_untold", "Entries whose notices are to be written.", untold["number"]
    )
    yield _gauge(
        "ocop_entries_untold_seconds", "Age of the oldest of them.", _age(untold["oldest"], at, 0.0)
    )
    is_open = Q(state__in=(Delivery.WAITING, Delivery.SENDING))
    mails = Notification.objects.filter(is_open | Q(state=Delivery.FAILED)).aggregate(
        number=Count("pk", filter=is_open),
        oldest=Min("due_at", filter=is_open),
        failed=Count("pk", filter=Q(state=Delivery.FAILED)),
    )
    yield _gauge("ocop_notices_waiting", "Notices that are to be sent.", mails["number"])
    yield _gauge(
        "ocop_notices_waiting_seconds",
        "How long the oldest of them has been due.",
        _age(mails["oldest"], at, 0.0),
    )
    yield _gauge("ocop_notices_failed", "Notices that could not be sent.", mails["failed"])


def _checks(at: datetime) -> Iterator[GaugeMetricFamily]:
    run = latest_run()
    found = run.found if run else UNKNOWN
    yield _gauge("ocop_checks_found", "Findings of the last check of invariants.", found)
    yield _gauge(
        "ocop_checks_seconds", "Since that check.", _age(run.started_at if run else None, at)
    )


def _depth() -> float:
    try:
        with app.connection_for_read(connect_timeout=2) as broker:
            return float(broker.default_channel.queue_declare(QUEUE, passive=True).message_count)
    except Exception as error:  # each transport has its own errors; every one means "not known"
        log.warning("the broker does not say how much waits: %s", type(error).__name__)
        return UNKNOWN


def _age(moment: datetime | None, at: datetime, absent: float = UNKNOWN) -> float:
    return absent if moment is None else max(0.0, (at - moment).total_seconds())


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)
