"""Pages of the certificates: list, one certificate, its document, what the authority does to it."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from scoring import permissions
from scoring.domain.authorities import authority_name
from scoring.domain.certificate_states import CERTIFICATE, CertificateMove, CertificateState
from scoring.filters import CertificateFilter
from scoring.forms import CertificateActForm, RevocationForm
from scoring.models import Certificate
from scoring.selectors.certificates import visible_certificates
from scoring.services import certificates, documents

Act = Callable[[HttpRequest, Certificate, User, datetime], bool]


@login_required
@require_safe
def certificate_list(request: HttpRequest) -> HttpResponse:
    """Certificates of the reader's subjects and area."""
    user, on = signed_in(request), legal_day(timezone.now())
    return list_page(
        request,
        visible_certificates(user, on),
        CertificateFilter,
        "scoring/certificate_list.html",
        today=on,
    )


@login_required
@require_safe
def certificate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was certified, what it is worth today, what happened to it."""
    user, on = signed_in(request), legal_day(timezone.now())
    certificate = get_object_or_404(visible_certificates(user, on), pk=pk)
    may_decide = permissions.may_decide_on_certificate(user, certificate, on=on)
    offers = CERTIFICATE.moves_from(CertificateState(certificate.state))
    possible = {offer.move for offer in offers if offer.is_possible} if may_decide else set()
    context = {
        "certificate": certificate,
        "status": certificate.status_on(on),
        "rows": certificate_rows(certificate),
        "verification_url": documents.verification_url(certificate.code),
        "act_form": CertificateActForm() if possible else None,
        "revoke_form": RevocationForm(prefix="revoke") if possible else None,
        "can_suspend": CertificateMove.SUSPEND in possible,
        "can_restore": CertificateMove.RESTORE in possible,
        "can_revoke": CertificateMove.REVOKE in possible,
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


def acting(act: Act) -> Callable[..., HttpResponse]:
    """A POST of the issuing authority on a certificate that it sees; then its page."""

    @wraps(act)
    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        user, at = signed_in(request), timezone.now()
        on = legal_day(at)
        certificate = get_object_or_404(visible_certificates(user, on), pk=pk)
        require(permissions.may_decide_on_certificate(user, certificate, on=on))
        if act(request, certificate, user, at):
            messages.success(request, _("Đã ghi nhận và báo cho chủ thể."))
        else:
            messages.error(request, _("Hãy ghi rõ lý do và căn cứ."))
        return redirect(certificate)

    return view


@acting
def certificate_suspend(
    request: HttpRequest, certificate: Certificate, user: User, at: datetime
) -> bool:
    form = CertificateActForm(request.POST)
    if form.is_valid():
        certificates.suspend(certificate, note=form.cleaned_data["note"], by=user, at=at)
    return form.is_valid()


@acting
def certificate_restore(
    request: HttpRequest, certificate: Certificate, user: User, at: datetime
) -> bool:
    form = CertificateActForm(request.POST)
    if form.is_valid():
        certificates.restore(certificate, note=form.cleaned_data["note"], by=user, at=at)
    return form.is_valid()


@acting
def certificate_revoke(
    request: HttpRequest, certificate: Certificate, user: User, at: datetime
) -> bool:
    form = RevocationForm(request.POST, prefix="revoke")
    if form.is_valid():
        certificates.revoke(certificate, by=user, at=at, **form.cleaned_data)
    return form.is_valid()


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
        (
            _("Cơ quan công nhận"),
            authority_name(Level(certificate.level), certificate.unit.name),
        ),
        (_("Ngày cấp"), f"{certificate.issued_on:%d/%m/%Y}"),
        (_("Có giá trị đến hết ngày"), f"{certificate.valid_until:%d/%m/%Y}"),
        (_("Mã xác thực"), certificate.shown_code),
        (_("SHA-256 của tệp"), certificate.sha256),
    ]
