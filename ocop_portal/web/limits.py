"""Limits on how often something may be done from one address.

Counts live in fixed windows: one number each, raised in place. With Redis all processes share
them; without it each process counts for itself, so the true limit is the stated one times the
number of web processes. That is meant: a limit here keeps floods away, it does not bill anybody,
and a shared count in files or in the database would cost more than the request it guards.
"""

import time
from typing import Any

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, ScopedRateThrottle, UserRateThrottle

from ocop_portal.web.addresses import client_address


def _counts() -> BaseCache:
    return caches[settings.LIMITS_CACHE]


def _raise_count(key: str, window_seconds: int) -> int:
    """How often `key` was counted in the window that runs now, this time included."""
    full_key = _window_key(key, window_seconds)
    cache = _counts()
    cache.add(full_key, 0, timeout=window_seconds * 2)
    try:
        return cache.incr(full_key)
    except ValueError:  # it expired between the two calls
        return 1


def _window_key(key: str, window_seconds: int) -> str:
    return f"limit:{key}:{int(time.time()) // window_seconds}"


def once_too_often(request: HttpRequest, what: str, *, each_hour: int) -> bool:
    """Counts one more `what` from the caller's address; True beyond the limit."""
    return _raise_count(f"{what}:{client_address(request)}", 3600) > each_hour


def count(request: HttpRequest, what: str, *, seconds: int) -> int:
    """Counts one more `what` from the caller's address in the window that runs now."""
    return _raise_count(f"{what}:{client_address(request)}", seconds)


def counted(request: HttpRequest, what: str, *, seconds: int) -> int:
    """How often `what` was counted for the caller's address in this window; counts nothing."""
    key = _window_key(f"{what}:{client_address(request)}", seconds)
    return int(_counts().get(key) or 0)


def seconds_left(seconds: int) -> int:
    """Until the window that runs now ends."""
    return seconds - int(time.time()) % seconds


class _WindowMixin:
    """A REST throttle that keeps one number for each caller and window."""

    rate: str | None
    num_requests: int
    duration: int

    def get_ident(self, request: Request) -> str:
        return client_address(request._request)

    def allow_request(self, request: Request, view: Any) -> bool:
        if self.rate is None:
            return True
        key = self.get_cache_key(request, view)  # type: ignore[attr-defined] # of the throttle
        if key is None:
            return True
        return _raise_count(key, self.duration) <= self.num_requests

    def wait(self) -> float:
        return self.duration - time.time() % self.duration


class AnonThrottle(_WindowMixin, AnonRateThrottle):
    """Callers without a login, by address."""


class UserThrottle(_WindowMixin, UserRateThrottle):
    """Known callers, by person."""


class ScopedThrottle(_WindowMixin, ScopedRateThrottle):
    """Endpoints with a limit of their own (`throttle_scope`)."""

    def allow_request(self, request: Request, view: Any) -> bool:
        self.scope = getattr(view, self.scope_attr, None)
        if not self.scope:
            return True
        self.rate = self.get_rate()
        requests, seconds = self.parse_rate(self.rate)
        self.num_requests, self.duration = requests or 0, seconds or 1
        return super().allow_request(request, view)
