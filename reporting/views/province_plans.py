"""Provinces' yearly plans."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.refusals import refusal_text
from ocop_portal.web.forms import NfcForm
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from reporting.domain.plan_states import PlanState
from reporting.filters import ProvincePlanFilter, today
from reporting.forms.programme import AimsForm, ApprovalForm, NewPlanForm, PlanFundsForm
from reporting.models import ProvincePlan
from reporting.permissions import may_write_for
from reporting.selectors import funds, programme
from reporting.services import province_plans
from reporting.views.columns import PROVINCE_PLANS
from reporting.views.province_reports import reach_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_list(request: HttpRequest) -> HttpResponseBase:
    """The plans that the reader may see; an officer begins a new one here."""
    reach = reach_in(request)
    user, at = signed_in(request), timezone.now()
    units = programme.askable_provinces().filter(pk__in=[unit.pk for unit in reach.units])
    form = NewPlanForm(request.POST or None, units=units, initial={"year": legal_day(at).year})
    if request.method == "POST" and form.is_valid():
        try:
            plan = province_plans.draft(**form.cleaned_data, by=user, at=at)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, refusal_text(refusal))
        else:
            return redirect(plan)
    return list_page(
        request,
        funds.visible_plans(reach),
        ProvincePlanFilter,
        "reporting/plan_list.html",
        columns=PROVINCE_PLANS,
        form=form if reach.units else None,
    )


@login_required
@require_safe
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its aims beside what was reached, its money, what may be done."""
    return _show(request, _plan(request, pk))


@login_required
@require_POST
def plan_aims(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _own(request, pk)
    form = AimsForm(request.POST, indicators=funds.indicators_of(plan.year))
    if not form.is_valid():
        return _show(request, plan, aims=form)
    save = partial(
        province_plans.save_aims,
        plan,
        note=form.cleaned_data["note"],
        aims=form.aims,
        version=form.cleaned_data["version"],
    )
    return _done(request, plan, save, said=_("Đã lưu chỉ tiêu."), aims=form)


@login_required
@require_POST
def plan_funds(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _own(request, pk)
    form = PlanFundsForm(request.POST, **_lists(plan.year))
    if not form.is_valid():
        return _show(request, plan, money=form)
    save = partial(province_plans.set_funds, plan, **form.cleaned_data)
    return _done(request, plan, save, said=_("Đã ghi kinh phí."), money=form)


@login_required
@require_POST
def plan_approve(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _own(request, pk)
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        return _show(request, plan, approval=form)
    save = partial(province_plans.approve, plan, **form.cleaned_data)
    return _done(request, plan, save, said=_("Kế hoạch đã có hiệu lực."), approval=form)


def _plan(request: HttpRequest, pk: int) -> ProvincePlan:
    return get_object_or_404(funds.visible_plans(reach_in(request)), pk=pk)


def _own(request: HttpRequest, pk: int) -> ProvincePlan:
    """A plan that the person may change; a reader is told that they may not."""
    plan = _plan(request, pk)
    require(may_write_for(signed_in(request), plan.unit, on=today()))
    return plan


def _lists(year: int) -> dict[str, Any]:
    law = funds.law_of_year(year)
    return {"sources": law.sources, "projects": law.projects}


def _done(
    request: HttpRequest,
    plan: ProvincePlan,
    save: Callable[..., object],
    *,
    said: str,
    **forms: NfcForm,
) -> HttpResponse:
    """Back to the plan, or the one form again with why not."""
    try:
        save(by=signed_in(request), at=timezone.now())
    except RuleBroken as refusal:
        for form in forms.values():
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, refusal_text(refusal))
        return _show(request, plan, **forms)
    messages.success(request, said)
    return redirect(plan)


def _show(
    request: HttpRequest,
    plan: ProvincePlan,
    *,
    aims: NfcForm | None = None,
    money: NfcForm | None = None,
    approval: NfcForm | None = None,
) -> HttpResponse:
    on = today()
    version = {"version": plan.version}
    indicators = funds.indicators_of(plan.year)
    context: dict[str, Any] = {
        "plan": plan,
        "lines": plan.funds.all(),
        "tables": [funds.aims_table(plan, today=on)],
        "history": history_of(plan),
        "may_write": may_write_for(signed_in(request), plan.unit, on=on),
        "is_draft": plan.status is PlanState.DRAFT,
    }
    if plan.status is PlanState.APPROVED:
        context["tables"] += funds.funds_tables([plan.unit], funds.year_so_far(plan.year, on))
    if context["is_draft"]:
        known = {f"aim_{name}": aim for name, aim in plan.aims.values_list("indicator", "aim")}
        context |= {
            "aims": aims
            or AimsForm(initial={**version, **known, "note": plan.note}, indicators=indicators),
            "money": money or PlanFundsForm(initial=version, **_lists(plan.year)),
            "approval": approval or ApprovalForm(initial=version),
        }
    return render(request, "reporting/plan_detail.html", context)
