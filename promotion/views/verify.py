"""Verification: anybody who holds a certificate's code learns what it is worth today.

No JavaScript, no cookie, no login: the page is the same for everybody, so that a cache may answer,
and a revocation is seen within a minute.
"""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop_portal.web import limits
from ocop_portal.web.templatetags.portal import vn_date
from promotion.domain.catalogue import is_offered, words_of
from promotion.selectors import pages
from promotion.services import checks, kept_pages
from promotion.views.guessing import WINDOW_SECONDS, against_guessing
from promotion.views.shared import drawn, drawn_text, shared
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from scoring.domain import short_code
from scoring.models import Certificate
from scoring.selectors.certificates import authority_of, by_code
from scoring.selectors.credentials import credential_of
from scoring.selectors.measures import trace_of

LONGEST_TYPED = 60
PAUSE = "pause"
UNKNOWN = term("Mã đúng cách viết nhưng không có giấy chứng nhận nào mang mã này.")


def pause(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """What an address is told that asked for too many wrong codes; a flood draws it once."""
    page = kept_pages.kept(PAUSE)
    if page is None:
        minutes = -(-limits.seconds_left(WINDOW_SECONDS) // 60)
        page = drawn_text("promotion/verify_pause.html", {"minutes": minutes})
        kept_pages.keep(PAUSE, page)
    return HttpResponse(page)


@require_safe
@shared
@against_guessing(pause)
def verify_form(request: HttpRequest) -> HttpResponse:
    """The form; a typed code leads to its own address, so that it can be kept and passed on."""
    typed = request.GET.get("code", "").strip()
    if not typed:
        return drawn("promotion/verify_form.html", {})
    try:
        code = short_code.read_code(nfc(typed[:LONGEST_TYPED]))
    except RuleBroken as refusal:
        return advice(typed, refusal)
    return HttpResponseRedirect(reverse("promotion:verify", args=[code]))


@require_safe
@shared
@against_guessing(pause)
def verify(_request: HttpRequest, code: str) -> HttpResponse:
    """What the certificate is worth today, or 404 with advice."""
    try:
        meant = short_code.read_code(nfc(code[:LONGEST_TYPED]))
    except RuleBroken as refusal:
        return advice(code, refusal)
    if code != meant:
        return HttpResponseRedirect(reverse("promotion:verify", args=[meant]))
    name = kept_pages.of_certificate(code)
    found = kept_pages.kept(name)
    if found is None:
        certificate = by_code(code)
        if certificate is None:
            return advice(code, UNKNOWN)
        found = (certificate.pk, _drawn(certificate))
        kept_pages.keep(name, found)
    certificate_id, page = found
    checks.count(certificate_id, on=legal_day(timezone.now()))
    return HttpResponse(page)


@require_safe
@against_guessing(pause)
def verify_pdf(_request: HttpRequest, code: str) -> HttpResponseBase:
    """The document that was signed and kept; whoever holds the code may have it."""
    certificate = certificate_of(code)
    if certificate is None:
        return advice(code, UNKNOWN)
    if not certificate.pdf:
        raise Http404(_("Bản PDF đang được tạo; xin xem lại sau ít phút."))
    return FileResponse(
        certificate.pdf.open("rb"),
        content_type="application/pdf",
        as_attachment=True,
        filename=f"OCOP-{certificate.shown_code}.pdf",
    )


def certificate_of(code: str) -> Certificate | None:
    """The certificate of a code in an address, however it is spelt; None where there is none."""
    try:
        return by_code(nfc(code[:LONGEST_TYPED]))
    except RuleBroken:
        return None


def _drawn(certificate: Certificate) -> str:
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
        "credential": credential_of(certificate),
        "trace": trace_of(certificate),
    }
    return drawn_text("promotion/verify_result.html", context)


def _facts(certificate: Certificate) -> list[tuple[str, Any]]:
    decision = certificate.decision
    rows: list[tuple[str, Any]] = [
        (_("Số giấy chứng nhận"), certificate.number),
        (_("Chủ thể"), certificate.subject_name),
        (_("Địa chỉ"), certificate.subject_address),
        (_("Bộ sản phẩm"), certificate.set_name),
        (_("Mã sản phẩm"), certificate.product_code),
        (_("Quyết định"), f"{decision.number} ({vn_date(decision.decided_on)})"),
        (_("Cơ quan công nhận"), authority_of(certificate)),
        (_("Người ký"), f"{decision.signer_name}, {decision.signer_title}".strip(", ")),
        (_("Ngày cấp"), vn_date(certificate.issued_on)),
        (_("Có giá trị đến hết ngày"), vn_date(certificate.valid_until)),
    ]
    return [(label, value) for label, value in rows if value]


def advice(typed: str, refusal: object) -> HttpResponse:
    context = {"typed": typed[:LONGEST_TYPED], "refusal": refusal}
    return drawn("promotion/verify_form.html", context, status=404)
