"""The programme room, and what the centre asks of provinces."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.refusals import refusal_text
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from reporting.domain.plan_states import FIRST_YEAR
from reporting.domain.report_states import WITH_THE_PROVINCE, ReportState
from reporting.filters import today
from reporting.forms.programme import RequestForm
from reporting.models import ReportRequest
from reporting.permissions import may_ask_provinces
from reporting.selectors import funds, programme
from reporting.services import report_requests
from reporting.views.columns import PROVINCE_REPORTS
from reporting.views.province_reports import reach_in

SHOWN = 5


@login_required
@require_safe
def programme_room(request: HttpRequest) -> HttpResponse:
    """What waits, how far requests have come, and the year's money."""
    reach, on = reach_in(request), today()
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and FIRST_YEAR <= int(asked) <= on.year + 1 else on.year
    waiting = programme.visible_reports(reach)
    context = {
        "reach": reach,
        "today": on,
        "year": year,
        "years": range(on.year + 1, max(FIRST_YEAR, on.year - 4) - 1, -1),
        "waiting": waiting.filter(state__in=WITH_THE_PROVINCE).reverse()[:SHOWN],
        "to_receive": waiting.filter(state=ReportState.SENT)[:SHOWN] if reach.is_national else [],
        "requests": programme.requests()[:SHOWN] if reach.is_national else [],
        "plans": funds.visible_plans(reach).filter(year=year)[:SHOWN],
        "tables": funds.funds_tables(
            None if reach.is_national else reach.units, funds.year_so_far(year, on)
        ),
        "law": funds.funds_law(),
    }
    return render(request, "reporting/programme.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def request_create(request: HttpRequest) -> HttpResponse:
    """Asks provinces for a report."""
    reach_in(request)
    user, at = signed_in(request), timezone.now()
    require(may_ask_provinces(user, on=legal_day(at)))
    form = RequestForm(request.POST or None, provinces=programme.askable_provinces())
    if request.method == "POST" and form.is_valid():
        try:
            made = report_requests.open_request(**form.facts, by=user, at=at)
        except RuleBroken as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, refusal_text(refusal))
        else:
            messages.success(request, _("Đã gửi yêu cầu; cán bộ các tỉnh được báo."))
            return redirect(made)
    return render(request, "reporting/request_form.html", {"form": form})


@login_required
@require_safe
def request_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One request with the answer of every province; a province sees only its own report."""
    if not reach_in(request).is_national:
        raise Http404
    asked: ReportRequest = get_object_or_404(programme.requests(), pk=pk)
    return list_page(
        request,
        programme.reports_of(asked),
        None,
        "reporting/request_detail.html",
        columns=PROVINCE_REPORTS,
        asked=asked,
        today=today(),
        history=history_of(asked),
    )
