"""Answers that are the same for everybody: kept by browsers and proxies, asked for by content."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response

CLIENT_SECONDS = 30  # with the server's 25 s, a decision is seen within a minute

View = Callable[..., HttpResponse]


def shared(view: View) -> View:
    """The answer may be kept by anybody for half a minute; its ETag names its content."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", f"public, max-age={CLIENT_SECONDS}")
        if response.status_code != HTTPStatus.OK:
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        found = get_conditional_response(request, etag=etag, response=response)
        return cast(HttpResponse, found)

    return answer


def drawn(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return HttpResponse(drawn_text(template, context), status=status)


def drawn_text(template: str, context: dict[str, Any]) -> str:
    """Drawn without the request, so that nothing personal and no cookie can enter it."""
    known = {"site_url": settings.SITE_URL, "official_domain": settings.OFFICIAL_DOMAIN}
    return render_to_string(template, {**known, **context})


def open_to_scripts(response: HttpResponse) -> HttpResponse:
    """A page of another site may read it: what is published is for every verifier."""
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response
