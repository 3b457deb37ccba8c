"""What provinces spent on the programme."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from reporting.filters import SpendingFilter
from reporting.forms.programme import SpendingForm, WhyForm
from reporting.permissions import may_write_for
from reporting.selectors import funds, programme
from reporting.services import spending
from reporting.views.columns import SPENDING
from reporting.views.province_reports import reach_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def spending_list(request: HttpRequest) -> HttpResponseBase:
    """What was spent, the newest first; an officer writes down another amount here."""
    reach = reach_in(request)
    user, at = signed_in(request), timezone.now()
    law = funds.funds_law()
    form = SpendingForm(
        request.POST or None,
        units=programme.askable_provinces().filter(pk__in=[unit.pk for unit in reach.units]),
        sources=law.sources,
        projects=law.projects,
        initial={"spent_on": legal_day(at)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            spending.record(**form.cleaned_data, by=user, at=at)
        except RuleBroken as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, refusal_text(refusal))
        else:
            messages.success(request, _("Đã ghi khoản chi."))
            return redirect("reporting:spending-list")
    return list_page(
        request,
        funds.visible_spending(reach),
        SpendingFilter,
        "reporting/spending_list.html",
        columns=SPENDING,
        form=form if reach.units else None,
        own=[unit.pk for unit in reach.units],
    )


@login_required
@require_POST
def spending_strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a line out of the sums, with the reason."""
    row = get_object_or_404(funds.visible_spending(reach_in(request)), pk=pk)
    user, at = signed_in(request), timezone.now()
    require(may_write_for(user, row.unit, on=legal_day(at)))
    form = WhyForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        spending.strike(row, reason=reason, by=user, at=at)
    except RuleBroken as refusal:
        messages.error(request, refusal_text(refusal))
    else:
        messages.success(request, _("Đã gạch bỏ khoản chi."))
    return redirect("reporting:spending-list")
