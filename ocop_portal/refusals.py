"""A rule's refusal that no form caught becomes a page that says why and what to do next."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ocop_portal.web.wording import worded
from registry.domain.errors import RuleBroken


def refusal_text(refusal: RuleBroken) -> str:
    """The refusal's sentence in the reader's language."""
    return worded(refusal.message, refusal.facts)


class RefusalMiddleware:
    """Answers an uncaught RuleBroken with 409 and its reason; REST views answer by themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RuleBroken):
            return None
        return render(request, "refusal.html", {"reason": refusal_text(exception)}, status=409)
