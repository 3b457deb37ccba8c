"""Guessing codes: many wrong ones from one address are answered with a pause.

The space of codes is far too large to guess in; the pause keeps a flood from costing anything, and
says what an honest person can do meanwhile. The address is counted in memory and forgotten with
its window.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from ocop_portal.web import limits

MOST_WRONG = 60
WINDOW_SECONDS = 600
WHAT = "wrong-code"

Answer = TypeVar("Answer", bound=HttpResponseBase)


def against_guessing(
    pause: Callable[..., HttpResponse],
) -> Callable[[Callable[..., Answer]], Callable[..., Answer | HttpResponse]]:
    """Counts answers of 404 by address; beyond the limit `pause` answers instead of the view."""

    def guarded(view: Callable[..., Answer]) -> Callable[..., Answer | HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer | HttpResponse:
            if limits.counted(request, WHAT, seconds=WINDOW_SECONDS) >= MOST_WRONG:
                return _paused(pause(request, *args, **kwargs))
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.NOT_FOUND:
                limits.count(request, WHAT, seconds=WINDOW_SECONDS)
            return response

        return answer

    return guarded


def _paused(response: HttpResponse) -> HttpResponse:
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response["Retry-After"] = str(limits.seconds_left(WINDOW_SECONDS))
    response["Cache-Control"] = "no-store"
    return response
