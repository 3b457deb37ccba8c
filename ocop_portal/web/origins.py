"""Small forms without a token: pages that everybody shares hold nothing made for one reader.

A page with a token in it cannot be kept by a cache, and hands a cookie to everyone who only reads.
Where a form changes nothing but the reader's own browser or own list, it is enough that it was
sent from a page of ours; browsers say so themselves.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def from_this_site(view: View) -> View:
    """Takes the place of the token: a form sent from another site is refused (403)."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not was_sent_here(request):
            raise PermissionDenied(_("Biểu mẫu này phải được gửi từ một trang của cổng."))
        return view(request, *args, **kwargs)

    return answer


def was_sent_here(request: HttpRequest) -> bool:
    """What the browser says of the page the request came from; one that says nothing is old.

    An old browser sends at least the address of the page. A program that sends neither has no
    reader's cookies to misuse.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in {"same-origin", "none"}
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return not source or urlsplit(source).netloc == request.get_host()
