"""What a verifier elsewhere needs: keys, issuer, status lists, credentials; and a check here."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from promotion.domain.catalogue import words_of
from promotion.views.guessing import against_guessing
from promotion.views.shared import drawn, open_to_scripts, shared
from promotion.views.verify import UNKNOWN, advice, certificate_of, pause
from registry.domain.errors import RuleBroken
from scoring.domain.certificate_states import CertificateStatus
from scoring.domain.credentials import Finding, check, controller, list_url
from scoring.domain.status_list import Purpose
from scoring.selectors.credentials import (
    credential_of,
    published_keys,
    status_list,
    status_lists,
)

CREDENTIAL_TYPE = "application/vc+jwt"
LONGEST_CREDENTIAL = 20_000
TERMS = (
    "OcopCertificate", "OcopProduct", "certificateNumber", "certificateCode", "productName",
    "productCode", "productSet", "producer", "producerAddress", "stars", "decision", "decidedOn",
)  # fmt: skip


@require_safe
@shared
def jwks(_request: HttpRequest) -> HttpResponse:
    """The published keys as a JWK set."""
    return open_to_scripts(JsonResponse({"keys": published_keys()}))


@require_safe
@shared
def issuer(_request: HttpRequest) -> HttpResponse:
    """The issuer with its keys, as the credentials name it."""
    return open_to_scripts(JsonResponse(controller(published_keys(), site=settings.SITE_URL)))


@require_safe
@shared
def context(_request: HttpRequest) -> HttpResponse:
    """The meaning of the terms that the credentials use beside the standard's own."""
    vocabulary = f"{settings.SITE_URL}/xac-thuc/chung-thu/#"
    terms = {name: f"{vocabulary}{name}" for name in TERMS}
    return open_to_scripts(JsonResponse({"@context": {"@protected": True, **terms}}))


@require_safe
@shared
def listed(_request: HttpRequest, purpose: str, number: int) -> HttpResponse:
    """A signed status list."""
    held = status_list(Purpose(purpose), number) if purpose in set(Purpose) else None
    if held is None:
        raise Http404(_("Chưa có danh sách trạng thái này."))
    return open_to_scripts(HttpResponse(held.token, content_type=CREDENTIAL_TYPE))


@require_safe
@shared
@against_guessing(pause)
def credential(_request: HttpRequest, code: str) -> HttpResponse:
    """The signed credential of a certificate; whoever holds the code may have it."""
    certificate = certificate_of(code)
    if certificate is None:
        return advice(code, UNKNOWN)
    held = credential_of(certificate)
    if held is None:
        raise Http404(_("Chứng thư đang được ký; xin xem lại sau ít phút."))
    response = HttpResponse(held.token, content_type=CREDENTIAL_TYPE)
    response["Content-Disposition"] = f'attachment; filename="OCOP-{certificate.shown_code}.jwt"'
    return open_to_scripts(response)


# Nothing is changed and nobody recognised: a forged request could only ask what anybody may ask.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def credential_check(request: HttpRequest) -> HttpResponse:
    """A check of a credential's text: in the browser where it can, here where it cannot."""
    if request.method == "POST":
        return _checked(request.POST.get("credential", ""))
    return _check_page(request)


@shared
def _check_page(_request: HttpRequest) -> HttpResponse:
    return drawn("promotion/credential_check.html", _known())


@require_safe
@shared
def offline_worker(_request: HttpRequest) -> HttpResponse:
    """Keeps the page of the check at hand for when there is no network."""
    script = render_to_string("promotion/credential_worker.js")
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def _checked(text: str) -> HttpResponse:
    context = _known() | {"text": text[:LONGEST_CREDENTIAL], "is_answer": True}
    try:
        found = check(
            text[:LONGEST_CREDENTIAL],
            keys=published_keys(),
            lists=[each.token for each in status_lists()],
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        response = drawn("promotion/credential_check.html", context | {"refusal": refusal})
    else:
        shown = {"found": found, "words": words_of(found.status), "subject": _subject(found)}
        response = drawn("promotion/credential_check.html", context | shown)
    response["Cache-Control"] = "no-store"
    return response


def _subject(found: Finding) -> list[tuple[str, Any]]:
    told = found.payload["credentialSubject"]
    return [(label, told.get(name, "")) for name, label in _labels()]


def _labels() -> list[tuple[str, str]]:
    return [
        ("productName", _("Sản phẩm")),
        ("stars", _("Hạng sao")),
        ("producer", _("Chủ thể")),
        ("certificateNumber", _("Số giấy chứng nhận")),
        ("decision", _("Quyết định")),
    ]


def _known() -> dict[str, Any]:
    """What the page's script needs: where the keys and the lists are, and its words."""
    lists = [list_url(Purpose(each.purpose), each.number, "") for each in status_lists()]
    return {
        "lists": lists,
        "outcomes": [(status, words_of(status)) for status in CertificateStatus],
        "labels": _labels(),
    }
