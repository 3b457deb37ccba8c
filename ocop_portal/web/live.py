"""Parts of a page that ask again by themselves, and are sent only when something has changed.

A part carries a seal of what it shows. The page asks with the seal that it has; the same seal is
answered with 204, which leaves the page as it is: nothing flickers, no focus is lost. The asking
is marked as background, so it does not keep a session alive.
"""

import hashlib
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

SEAL_LENGTH = 16


def part(
    request: HttpRequest, template: str, context: Mapping[str, object], *, url: str, asks: bool
) -> SafeString:
    """The part as it stands in the page; without `asks` it stays as it is.

    The template holds nothing that differs from one request to the next, such as a form's token.
    """
    body = render_to_string(template, dict(context), request)
    return render_to_string(
        "components/live.html", {"body": body, "seal": _seal(body), "url": url, "asks": asks}
    )


def answer(
    request: HttpRequest, template: str, context: Mapping[str, object], *, url: str, asks: bool
) -> HttpResponse:
    """The part anew, or nothing where the page shows it already."""
    body = render_to_string(template, dict(context), request)
    if request.GET.get("seen") == _seal(body):
        return HttpResponse(status=204)
    return HttpResponse(part(request, template, context, url=url, asks=asks))


def _seal(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:SEAL_LENGTH]
