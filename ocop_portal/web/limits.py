"""Limits on how often something may be done from one address.

Counts live in fixed windows: one number each, raised in place. With Redis all processes share
them; without it each process counts for itself, so the true limit is the stated one times the
number of web processes. That is meant: a limit here keeps floods away, it does not bill anybody,
and a shared count in files or in the database would cost more than the request it guards.
"""

import math
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, ScopedRateThrottle, UserRateThrottle

from ocop_portal.web.addresses import client_address

RATE_LIMIT = "rate_limit"  # on a request: limit, calls left, seconds until they are anew


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


def note_limit(request: Request, limit: int, times: int, seconds: float) -> None:
    """Remembers the limit that leaves the fewest calls, for the headers of the answer."""
    django_request: Any = request._request
    left = max(0, limit - times)
    known = getattr(django_request, RATE_LIMIT, None)
    if known is None or left < known[1]:
        setattr(django_request, RATE_LIMIT, (limit, left, math.ceil(seconds)))


class RateLimitMiddleware:
    """Tells programs how many calls are left: `RateLimit-Limit`, `-Remaining`, `-Reset`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if found := getattr(request, RATE_LIMIT, None):
            names = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
            for name, value in zip(names, found, strict=True):
                response[name] = str(value)
        return response


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
        times = _raise_count(key, self.duration)
        note_limit(request, self.num_requests, times, self.wait())
        return times <= self.num_requests

    def wait(self) -> float:
        return self.duration - time.time() % self.duration


class AnonThrottle(_WindowMixin, AnonRateThrottle):
    """Callers without a login, by address."""


class UserThrottle(_WindowMixin, UserRateThrottle):
    """Known callers: each token has its own count, a browser counts for its person."""

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        key = super().get_cache_key(request, view)
        token = getattr(request.auth, "pk", None)
        return f"{key}:{token}" if key and token else key


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
