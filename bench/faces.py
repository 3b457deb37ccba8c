"""Answers a second of the shared public pages, cold and kept, beside an empty reply.

Everything runs in one process through the whole middleware, without a network, so the ratios say
more than the figures. Cold: every answer is drawn anew. Kept: from the server's copy of 25 s. Asked
by ETag: nothing has changed, so only that is said.
"""

import io
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

SECONDS = 1.5
LEAST_KEPT_SHARE = 0.2  # of an empty reply, also on a busy machine
MOST_BYTES = 150 * 1024


@dataclass(frozen=True)
class Rate:
    """Answers a second of one address in each way, and the bytes that travel, packed."""

    name: str
    cold: float
    kept: float
    by_etag: float
    size: int

    def is_within(self, empty: float) -> bool:
        return self.kept >= LEAST_KEPT_SHARE * empty and self.size <= MOST_BYTES


def rates(addresses: Mapping[str, str]) -> tuple[float, list[Rate]]:
    """The empty reply's answers a second, and the rates of every named address."""
    return _per_second("/robots.txt"), [_rate(name, path) for name, path in addresses.items()]


def table(empty: float, found: list[Rate]) -> list[str]:
    """The figures, one line each, beside the empty reply."""
    head = f"{'answers a second':38} {'cold':>8} {'kept':>8} {'by ETag':>8} {'KB':>7}"
    rows = [
        f"{rate.name:38} {rate.cold:8.0f} {rate.kept:8.0f} {rate.by_etag:8.0f} "
        f"{rate.size / 1024:7.1f}  {'ok' if rate.is_within(empty) else 'OVER'}"
        for rate in found
    ]
    return [head, f"{'an empty reply':38} {empty:8.0f}", *rows]


def _rate(name: str, path: str) -> Rate:
    from django.conf import settings  # noqa: PLC0415 - after the set-up

    kept_seconds = settings.FACES_KEPT_SECONDS
    settings.FACES_KEPT_SECONDS = 0
    cold = _per_second(path)
    settings.FACES_KEPT_SECONDS = 3600  # the same copy for the whole measurement
    headers, body = _ask(path)
    kept = _per_second(path)
    by_etag = _per_second(path, {"HTTP_IF_NONE_MATCH": headers["ETag"]})
    settings.FACES_KEPT_SECONDS = kept_seconds
    return Rate(name, cold, kept, by_etag, len(body))


def _per_second(path: str, extra: Mapping[str, str] | None = None) -> float:
    _ask(path, extra)
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        _ask(path, extra)
        count += 1
    return count / (time.perf_counter() - started)


def _ask(path: str, extra: Mapping[str, str] | None = None) -> tuple[dict[str, str], bytes]:
    told: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], *_rest: object) -> Any:
        told.update(status=int(status.split(maxsplit=1)[0]), headers=dict(headers))

    answer = _handler()(_environ(path, extra or {}), start_response)
    body = b"".join(answer)
    answer.close()
    if told["status"] not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
        raise ValueError(f"{path}: {told['status']}")
    return told["headers"], body


@cache
def _handler() -> Any:
    """One handler: it loads the middleware once, as a server does."""
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 - after the set-up

    return WSGIHandler()


def _environ(path: str, extra: Mapping[str, str]) -> dict[str, Any]:
    """What a server hands over for a reader without cookies whose browser unpacks gzip."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        **extra,
    }
