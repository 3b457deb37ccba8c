"""What requests cost, in Prometheus' form; gauges of the queues stand in upkeep.

Several processes add up where `PROMETHEUS_MULTIPROC_DIR` names a folder that they share.
"""

import os

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

REQUESTS = Histogram(
    "ocop_request_seconds",
    "How long answers took, by the name of the route.",
    ("route", "method", "status"),
    buckets=SECONDS,
    registry=None,
)


def registry() -> CollectorRegistry:
    """What this process measured, or all that share the folder."""
    made = CollectorRegistry()
    if os.environ.get(SHARED_FOLDER):
        MultiProcessCollector(made)  # type: ignore[no-untyped-call] # ships partial types
    else:
        made.register(REQUESTS)
    return made
