"""The id of a request: on the answer, in every log line, and in the tasks that it rings for.

Who reports a fault reads the id from the page; the lines of the web server and of the worker that
belong to it are found by it. It is made here, never taken from outside.
"""

import logging
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import Any

from celery import Task, signals
from django.http import HttpRequest, HttpResponse

from ocop_portal.web.metrics import REQUESTS

HEADER = "X-Request-ID"
IN_TASKS = "request_id"
ID_LENGTH = 16
NO_ROUTE = "-"

access = logging.getLogger("ocop.access")
_current: ContextVar[str] = ContextVar("request_id", default="")
_of_task: ContextVar[Token[str] | None] = ContextVar("token_of_task", default=None)


def current_id() -> str:
    """The id of what is being done; empty outside of a request and its tasks."""
    return _current.get()


@contextmanager
def following(request_id: str) -> Iterator[None]:
    """Inside, everything belongs to this request."""
    mark = _current.set(request_id)
    try:
        yield
    finally:
        _current.reset(mark)


class TracingMiddleware:
    """Gives each request its id, measures it, and writes one line about it.

    The line names the route, never the address: an address may hold a code or a token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        with following(uuid.uuid4().hex[:ID_LENGTH]):
            response = self.get_response(request)
            response[HEADER] = current_id()
            _tell(request, response, time.perf_counter() - begun)
        return response


def _tell(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    found = request.resolver_match
    route = (found.view_name if found else "") or NO_ROUTE
    method = request.method if request.method in {"GET", "POST", "HEAD"} else "other"
    REQUESTS.labels(route, method, str(response.status_code)).observe(seconds)
    fields = {"route": route, "method": method, "status": response.status_code}
    fields["ms"] = round(seconds * 1000)
    access.info("%s %s %s %s ms", *fields.values(), extra={"fields": fields})


@signals.before_task_publish.connect  # type: ignore[untyped-decorator] # celery ships no types
def _send_along(headers: dict[str, Any] | None = None, **_sent: Any) -> None:
    if headers is not None and current_id():
        headers[IN_TASKS] = current_id()


@signals.task_prerun.connect  # type: ignore[untyped-decorator] # as above
def _take_over(task: Task, **_sent: Any) -> None:
    _of_task.set(_current.set(str(task.request.get(IN_TASKS) or "")))


@signals.task_postrun.connect  # type: ignore[untyped-decorator] # as above
def _let_go(**_sent: Any) -> None:
    mark = _of_task.get()
    if mark is not None:
        _current.reset(mark)
        _of_task.set(None)
