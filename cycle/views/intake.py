"""The offices: the commune's report, and the intake at the level whose turn it is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cycle.domain.comparison import Difference, differences
from cycle.domain.dossier import DossierState
from cycle.forms import DossierReturnForm, ReportForm, add_refusal
from cycle.models import Dossier, Lodging
from cycle.permissions import may_receive, may_report
from cycle.selectors import correctable_items, corrections_in, missing_items, stock_of
from cycle.services import intake
from cycle.views.dossiers import seen_dossier
from cycle.views.lodgings import grouped
from cycle.views.mending import return_rows
from cycle.views.tasklists import evidence_rows
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken

GET_OR_POST = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(GET_OR_POST)
def commune_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The commune's four findings; the dossier goes on to the first scoring level."""
    user, at = signed_in(request), timezone.now()
    dossier = seen_dossier(user, pk)
    require(may_report(user, dossier, on=legal_day(at)))
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            intake.report_by_commune(dossier, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã gửi báo cáo; hồ sơ được chuyển lên cấp tỉnh."))
            return redirect(dossier)
    return _page(request, "cycle/commune_report.html", dossier, form)


@login_required
@require_http_methods(GET_OR_POST)
def dossier_intake(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed in beside the checklist; received with one press, or sent back."""
    user, at = signed_in(request), timezone.now()
    dossier = seen_dossier(user, pk)
    require(may_receive(user, dossier, on=legal_day(at)))
    data = request.POST if request.method == "POST" else None
    form = DossierReturnForm(data, items=correctable_items(dossier))
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            intake.return_for_changes(
                dossier,
                remarks=form.remarks(),
                reason=reason,
                due_on=form.cleaned_data["due_on"],
                by=user,
                at=at,
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã trả lại hồ sơ; chủ thể được báo cần làm gì."))
            return redirect(dossier)
    return _page(request, "cycle/intake.html", dossier, form)


@login_required
@require_POST
def dossier_receive(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier is complete and taken in."""
    user, at = signed_in(request), timezone.now()
    dossier = seen_dossier(user, pk)
    received = intake.receive(dossier, by=user, at=at)
    messages.success(request, _("Đã tiếp nhận hồ sơ %(code)s.") % {"code": received.code})
    return redirect(received)


def _page(
    request: HttpRequest, template: str, dossier: Dossier, form: DossierReturnForm | ReportForm
) -> HttpResponse:
    on = legal_day(timezone.now())
    two = list(dossier.lodgings.order_by("-number")[:2])
    lodging, earlier = (two[0], two[1:]) if two else (None, [])
    context = {
        "dossier": dossier,
        "enrolment": dossier.enrolment,
        "form": form,
        "evidence": evidence_rows(dossier, on),
        "missing": missing_items(dossier, on),
        "lodging": lodging,
        "stock": stock_of(dossier),
        "frozen": lodging.snapshot if lodging else {},
        "earlier": earlier[0] if earlier else None,
        "groups": _changes(lodging, earlier),
        "report": getattr(dossier, "commune_report", None),
        "rows": return_rows(dossier, form, on) if isinstance(form, DossierReturnForm) else [],
        "returns": corrections_in(dossier).returns,
        "can_be_received": dossier.state in {DossierState.LODGED, DossierState.FORWARDED},
    }
    return render(request, template, context)


def _changes(lodging: Lodging | None, earlier: list[Lodging]) -> list[tuple[str, list[Difference]]]:
    """What the subject changed since the lodging before, for who reads it again."""
    if lodging is None or not earlier:
        return []
    return grouped(differences(earlier[0].snapshot, lodging.snapshot))
