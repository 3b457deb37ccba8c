"""What a page asks of the database once, however many of its parts ask for it.

Only within one request that changes nothing (GET, HEAD): what was read at its beginning still
holds at its end. Everything else, be it a change, a task or a command, asks anew each time; no
answer outlives its request, and none is shared between two.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

SAFE_METHODS = frozenset({"GET", "HEAD"})
Answer = TypeVar("Answer")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


def once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to `ask`, kept under `question` until the request is over."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    found: Answer = answers[question]
    return found


class ReadOnceMiddleware:
    """Opens the memory of a request that changes nothing, and closes it with the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _answers.set({} if request.method in SAFE_METHODS else None)
        try:
            return self.get_response(request)
        finally:
            _answers.reset(token)
