"""Middleware: a session that nobody uses ends."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

LAST_SEEN = "last_seen"
# Paths that a page fetches by itself: they do not count as somebody being there.
BACKGROUND_PREFIXES = ("/healthz", "/nhip/", "/static/")


class IdleSessionMiddleware:
    """Ends a session after settings.IDLE_LIMIT_SECONDS without a request made by a person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._watch(request)
        return self.get_response(request)

    def _watch(self, request: HttpRequest) -> None:
        now = int(time.time())
        last_seen = request.session.get(LAST_SEEN, now)
        if now - last_seen > settings.IDLE_LIMIT_SECONDS:
            logout(request)
            return
        is_person = not request.path.startswith(BACKGROUND_PREFIXES)
        # Once in half a minute is exact enough and spares a write on every page.
        if is_person and (LAST_SEEN not in request.session or now - last_seen > 30):
            request.session[LAST_SEEN] = now
