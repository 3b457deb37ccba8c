"""Middleware: a session that nobody uses ends, and nothing typed is lost by it."""

import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

LAST_SEEN = "last_seen"
# The clock is wound at most this often, which spares a write on every page. The limit is stretched
# by as much, so that a session never ends before the clock that the page shows.
WIND_SECONDS = 30
# What a page fetches by itself does not count as somebody being there.
BACKGROUND_PREFIXES = ("/healthz", "/nhip/", "/static/")
BACKGROUND_HEADER = "X-Background"
ENDED = "het-phien"


class IdleSessionMiddleware:
    """Ends a session after settings.IDLE_LIMIT_SECONDS without a request made by a person.

    Every tab uses the same session, so work in one keeps all of them alive. Who sends a form
    after the end is led to the login and from there back to the page of the form (a form's own
    address often cannot be opened); a script gets 401 with the address of the login.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._watch(request)
        response = self.get_response(request)
        if not request.user.is_authenticated and _leads_to_login(response):
            return _way_back(request, response)
        return response

    def _watch(self, request: HttpRequest) -> None:
        now = int(time.time())
        last_seen = request.session.get(LAST_SEEN, now)
        if now - last_seen > settings.IDLE_LIMIT_SECONDS + WIND_SECONDS:
            logout(request)
            return
        is_due = LAST_SEEN not in request.session or now - last_seen >= WIND_SECONDS
        if is_due and not is_background(request):
            request.session[LAST_SEEN] = now


def is_background(request: HttpRequest) -> bool:
    """Whether the page asked by itself: polling and progress are no activity."""
    return BACKGROUND_HEADER in request.headers or request.path.startswith(BACKGROUND_PREFIXES)


def _leads_to_login(response: HttpResponse) -> bool:
    if response.status_code != HTTPStatus.FOUND:
        return False
    target = urlsplit(response.headers.get("Location", ""))
    return target.path == reverse(settings.LOGIN_URL) and target.query.startswith("next=")


def _way_back(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    is_script = "HX-Request" in request.headers or _wants_json(request)
    if request.method in {"GET", "HEAD"} and not is_script:
        return response
    page = _page_of(request)
    query = urlencode({"next": page, ENDED: "1"} if page else {ENDED: "1"})
    login = f"{reverse(settings.LOGIN_URL)}?{query}"
    if not is_script:
        return redirect(login)
    answer = JsonResponse({"login": login}, status=401)
    answer.headers["HX-Redirect"] = login
    return answer


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _page_of(request: HttpRequest) -> str:
    """The page on which the form stood, if it is one of ours."""
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
