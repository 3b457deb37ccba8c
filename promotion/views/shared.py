"""Answers that are the same for everybody: kept by browsers and proxies, asked for by content."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.text import compress_string

from promotion.services import kept_pages
from promotion.services.kept_pages import KeptPage

CLIENT_SECONDS = 30  # with the server's 25 s, a decision is seen within a minute
PUBLIC = f"public, max-age={CLIENT_SECONDS}"
PRIVATE = "private, no-cache"
LONGEST_KEPT_QUERY = 300

View = Callable[..., HttpResponse]


def shared(view: View) -> View:
    """The answer may be kept by anybody for half a minute; its ETag names its content."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", PUBLIC)
        if response.status_code != HTTPStatus.OK:
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        found = get_conditional_response(request, etag=etag, response=response)
        return cast(HttpResponse, found)

    return answer


def public_face(view: View) -> View:
    """A page with the portal's header that strangers share and known readers see as their own.

    A reader without cookies (or with the language alone) gets the page that everybody gets: kept
    here for 25 s and outside for 30 s, so that a revocation shows within a minute; compressed
    once; named by ETag and Last-Modified; `Vary` says by what it differs. Whoever is logged in or
    has favourites gets a page of their own that nobody keeps.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_personal(request):
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", PRIVATE)
            return response
        name = kept_pages.of_face(request.get_full_path())
        is_keepable = len(request.GET.urlencode()) <= LONGEST_KEPT_QUERY
        page = kept_pages.kept(name) if is_keepable else None
        if page is None:
            response = view(request, *args, **kwargs)
            if response.status_code != HTTPStatus.OK or response.cookies:
                return response
            page = _page_of(response, name)
            if is_keepable:
                kept_pages.keep(name, page, seconds=settings.FACES_KEPT_SECONDS)
        return _reply(request, page)

    return answer


def is_personal(request: HttpRequest) -> bool:
    """Whether the reader brings anything that a page follows, besides the language.

    No page of the public face holds a form's token, so that token's cookie changes none.
    """
    harmless = {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    return bool(request.COOKIES.keys() - harmless)


def _page_of(response: HttpResponse, name: str) -> KeptPage:
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return KeptPage(
        content=response.content,
        packed=compress_string(response.content),
        content_type=response["Content-Type"],
        etag=etag,
        modified=kept_pages.modified(name, etag),
    )


def _reply(request: HttpRequest, page: KeptPage) -> HttpResponse:
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        page.packed if is_packed else page.content, content_type=page.content_type
    )
    if is_packed:
        response["Content-Encoding"] = "gzip"
    response["ETag"], response["Last-Modified"] = page.etag, http_date(page.modified)
    response["Cache-Control"] = PUBLIC
    patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
    found = get_conditional_response(
        request, etag=page.etag, last_modified=page.modified, response=response
    )
    return cast(HttpResponse, found)


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
