"""Verification: anybody who holds a certificate's code learns what it is worth today.

No JavaScript, no cookie, no login: the page is the same for everybody, so that a cache may answer
for a minute, and a revocation is seen within that minute.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop_portal.web.templatetags.portal import vn_date
from promotion.domain.catalogue import is_offered, words_of
from promotion.selectors import pages
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import nfc, term
from scoring.domain import short_code
from scoring.domain.authorities import authority_name
from scoring.models import Certificate
from scoring.selectors.certificates import by_code

CACHE_SECONDS = 60
LONGEST_TYPED = 60
UNKNOWN = term("Mã đúng cách viết nhưng không có giấy chứng nhận nào mang mã này.")

View = Callable[..., HttpResponse]


def shared(view: View) -> View:
    """The answer is the same for everybody and may be kept for a minute."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
        return response

    return answer


@require_safe
@shared
def verify_form(request: HttpRequest) -> HttpResponse:
    """The form; a typed code leads to its own address, so that it can be kept and passed on."""
    typed = request.GET.get("code", "").strip()
    if not typed:
        return _page("promotion/verify_form.html", {})
    try:
        code = short_code.read_code(nfc(typed[:LONGEST_TYPED]))
    except RuleBroken as refusal:
        return _advice(typed, refusal)
    return HttpResponseRedirect(reverse("promotion:verify", args=[code]))


@require_safe
@shared
def verify(_request: HttpRequest, code: str) -> HttpResponse:
    """What the certificate is worth today, or 404 with advice."""
    try:
        certificate = by_code(nfc(code[:LONGEST_TYPED]))
    except RuleBroken as refusal:
        return _advice(code, refusal)
    if certificate is None:
        return _advice(code, UNKNOWN)
    if code != certificate.code:
        return HttpResponseRedirect(reverse("promotion:verify", args=[certificate.code]))
    status = certificate.status_on(legal_day(timezone.now()))
    listing = pages.with_page().filter(product=certificate.product_id).first()
    context = {
        "certificate": certificate,
        "status": status,
        "words": words_of(status),
        "is_offered": is_offered(status),
        "newer": certificate.superseded_by,
        "page_url": listing.get_absolute_url() if listing else "",
        "facts": _facts(certificate),
    }
    return _page("promotion/verify_result.html", context)


@require_safe
def verify_pdf(_request: HttpRequest, code: str) -> FileResponse:
    """The document that was signed and kept; whoever holds the code may have it."""
    try:
        certificate = by_code(code[:LONGEST_TYPED])
    except RuleBroken:
        certificate = None
    if certificate is None or not certificate.pdf:
        raise Http404
    return FileResponse(
        certificate.pdf.open("rb"),
        content_type="application/pdf",
        as_attachment=True,
        filename=f"OCOP-{certificate.shown_code}.pdf",
    )


def _facts(certificate: Certificate) -> list[tuple[str, Any]]:
    decision = certificate.decision
    rows: list[tuple[str, Any]] = [
        (_("Số giấy chứng nhận"), certificate.number),
        (_("Chủ thể"), certificate.subject_name),
        (_("Địa chỉ"), certificate.subject_address),
        (_("Bộ sản phẩm"), certificate.set_name),
        (_("Mã sản phẩm"), certificate.product_code),
        (_("Quyết định"), f"{decision.number} ({vn_date(decision.decided_on)})"),
        (
            _("Cơ quan công nhận"),
            authority_name(Level(certificate.level), certificate.unit.name),
        ),
        (_("Người ký"), f"{decision.signer_name}, {decision.signer_title}".strip(", ")),
        (_("Ngày cấp"), vn_date(certificate.issued_on)),
        (_("Có giá trị đến hết ngày"), vn_date(certificate.valid_until)),
    ]
    return [(label, value) for label, value in rows if value]


def _advice(typed: str, refusal: object) -> HttpResponse:
    context = {"typed": typed[:LONGEST_TYPED], "refusal": refusal}
    return _page("promotion/verify_form.html", context, status=404)


def _page(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Drawn without the request, so that nothing personal and no cookie can enter it."""
    known = {"site_url": settings.SITE_URL, "official_domain": settings.OFFICIAL_DOMAIN}
    return HttpResponse(render_to_string(template, {**known, **context}), status=status)
