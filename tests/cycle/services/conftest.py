"""What the services of the cycle announce, heard by a test."""

from collections.abc import Iterator
from typing import Any

import pytest

from cycle import signals

News = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def heard() -> Iterator[News]:
    """What was announced, by signal, in order."""
    news = []
    listened = {
        name: getattr(signals, name)
        for name in (
            "dossier_lodged",
            "dossier_received",
            "dossier_returned",
            "dossier_forwarded",
            "enrolment_rated",
            "step_opened",
        )
    }
    for name, signal in listened.items():
        signal.connect(
            lambda name=name, **facts: news.append((name, facts)), weak=False, dispatch_uid=name
        )
    yield news
    for name, signal in listened.items():
        signal.disconnect(dispatch_uid=name)
