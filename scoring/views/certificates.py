"""Pages of the certificates: list, one certificate with what was decided about it, its document."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cycle.permissions import may_enrol
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import Verdict
from ocop_portal.journal.selectors import history_of
from ocop_portal.web import navigation
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from scoring import permissions
from scoring.domain.certificate_states import CERTIFICATE, CertificateState
from scoring.domain.decision_states import DecisionKind
from scoring.domain.measures import MOVES
from scoring.filters import CertificateFilter
from scoring.menu import AFTERCARE
from scoring.models import Certificate
from scoring.selectors.certificates import authority_of, visible_certificates
from scoring.selectors.inspections import office_of
from scoring.selectors.measures import open_measures, trace_of
from scoring.selectors.renewals import renewal_of
from scoring.services import documents
from scoring.views.columns import certificates
from scoring.views.measures import KINDS


@login_required
@require_safe
def certificate_list(request: HttpRequest) -> HttpResponseBase:
    """Certificates of the reader's subjects and area."""
    user, on = signed_in(request), legal_day(timezone.now())
    return list_page(
        request,
        visible_certificates(user, on),
        CertificateFilter,
        "scoring/certificate_list.html",
        columns=certificates(on),
        today=on,
        tabs=navigation.tabs_for(AFTERCARE, user, request.path),
    )


@login_required
@require_safe
def certificate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was certified, what it is worth today, what happened to it."""
    user, on = signed_in(request), legal_day(timezone.now())
    certificate = get_object_or_404(visible_certificates(user, on), pk=pk)
    context = {
        "certificate": certificate,
        "status": certificate.status_on(on),
        "rows": certificate_rows(certificate),
        "verification_url": documents.verification_url(certificate.code),
        "may_inspect": permissions.may_inspect(user, office_of(certificate), on=on),
        "renewal": renewal_of(certificate, on),
        "may_enrol": may_enrol(user, certificate.product, on=on),
        "measures": offered_measures(user, certificate, on),
        "open_measures": open_measures(certificate) if is_office(user, certificate, on) else [],
        "trace": trace_of(certificate),
        "history": history_of(certificate),
    }
    return render(request, "scoring/certificate_detail.html", context)


@login_required
@require_safe
def certificate_pdf(request: HttpRequest, pk: int) -> FileResponse:
    """The stored document, to whoever sees the certificate."""
    user, on = signed_in(request), legal_day(timezone.now())
    certificate = get_object_or_404(visible_certificates(user, on), pk=pk)
    if not certificate.pdf:
        raise Http404(_("Giấy chứng nhận đang được tạo; hãy thử lại sau ít phút."))
    return FileResponse(
        certificate.pdf.open("rb"),
        filename=f"giay-chung-nhan-{certificate.code}.pdf",
        content_type="application/pdf",
    )


def is_office(user: User, certificate: Certificate, on: date) -> Verdict:
    """Whether the person works in the office of the authority that issued the certificate."""
    return permissions.may_draft(user, Level(certificate.level), certificate.unit, on=on)


def offered_measures(
    user: User, certificate: Certificate, on: date
) -> list[tuple[str, DecisionKind]]:
    """What the office may draft about the certificate in its state: address word and kind."""
    if not is_office(user, certificate, on):
        return []
    offers = CERTIFICATE.moves_from(CertificateState(certificate.state))
    possible = {offer.move for offer in offers if offer.is_possible}
    return [(word, kind) for word, kind in KINDS.items() if MOVES[kind] in possible]


def certificate_rows(certificate: Certificate) -> list[tuple[str, object]]:
    """The certificate in words."""
    decision = certificate.decision
    return [
        (_("Số"), certificate.number),
        (_("Sản phẩm"), certificate.product_name),
        (_("Mã sản phẩm"), certificate.product_code),
        (_("Chủ thể"), certificate.subject_name),
        (_("Địa chỉ"), certificate.subject_address),
        (_("Bộ sản phẩm"), certificate.set_name),
        (_("Quyết định"), f"{decision.number} ({decision.decided_on:%d/%m/%Y})"),
        (_("Cơ quan công nhận"), authority_of(certificate)),
        (_("Ngày cấp"), f"{certificate.issued_on:%d/%m/%Y}"),
        (_("Có giá trị đến hết ngày"), f"{certificate.valid_until:%d/%m/%Y}"),
        (_("Mã xác thực"), certificate.shown_code),
        (_("SHA-256 của tệp"), certificate.sha256),
    ]
