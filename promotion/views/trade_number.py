"""The GS1 Digital Link of a product: the code on the package leads to the public page.

`/01/<gtin>` as GS1 Digital Link URI Syntax writes it; lot and serial number behind it (`/10/…`,
`/21/…`) are allowed and change nothing here: the page is the product's, not the pack's.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ocop_portal.refusals import refusal_text
from promotion.selectors import pages
from registry.domain import gtin as rule
from registry.domain.errors import RuleBroken

KEPT_SECONDS = 60


@require_safe
def by_gtin(request: HttpRequest, gtin: str, qualifiers: str = "") -> HttpResponse:  # noqa: ARG001 # said above
    """To the product's page; a wrong number is explained, one without a page is said so."""
    try:
        number = rule.normal(gtin)
    except RuleBroken as refusal:
        return _answer(request, gtin, refusal_text(refusal), HTTPStatus.BAD_REQUEST)
    listing = pages.with_gtin(number)
    if listing is None:
        return _answer(request, number, "", HTTPStatus.NOT_FOUND)
    response = redirect(listing)
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


def _answer(request: HttpRequest, number: str, reason: str, status: HTTPStatus) -> HttpResponse:
    context = {"number": number[: max(rule.LENGTHS)], "reason": reason}
    return render(request, "promotion/gtin_answer.html", context, status=status)
