"""Step three: the plan as its writer and as its appraiser see it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cycle.domain.appraisal import AppraisalMove, AppraisalState
from cycle.domain.paper_items import PaperKind
from cycle.forms import PlanAppraisalForm, PlanForm, add_paper_refusal, add_refusal
from cycle.forms.papers import written_fields
from cycle.models import BusinessPlan, Enrolment
from cycle.permissions import may_appraise, may_write
from cycle.selectors import corrections_of, visible_enrolments
from cycle.services import plans
from cycle.views.tracks import track_of
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.web.templatetags.portal import vnd
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term

GET_OR_POST = ("GET", "HEAD", "POST")
SAID = {
    AppraisalMove.ACCEPT: term("Đã chấp nhận phương án; chủ thể được báo để triển khai."),
    AppraisalMove.RETURN: term("Đã trả lại phương án; chủ thể được báo cần sửa gì."),
    AppraisalMove.DECLINE: term("Đã ghi quyết định không chấp nhận; chủ thể được báo lý do."),
}


@login_required
@require_http_methods(GET_OR_POST)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan: written by its subject while it is open, read by everybody who sees it."""
    user, at = signed_in(request), timezone.now()
    enrolment = _enrolment(user, pk)
    row = enrolment.plan
    may = may_write(user, enrolment, on=legal_day(at))
    if request.method != "POST":
        form = PlanForm.on(row) if may and _is_open(enrolment) else None
        return _page(request, enrolment, form)
    require(may)
    form = PlanForm(request.POST)
    if form.is_valid():
        try:
            saved = plans.save(
                row,
                version=form.seen_version,
                seen=form.seen_marks,
                by=user,
                at=at,
                **form.values(),
            )
            if "submit" in request.POST:
                plans.submit(saved, by=user, at=at)
        except RuleBroken as refusal:
            row.refresh_from_db()
            add_paper_refusal(form, refusal, version=row.version, stored=vars(row))
        else:
            return _done(request, enrolment)
    return _page(request, enrolment, form)


@login_required
@require_http_methods(GET_OR_POST)
def plan_appraise(request: HttpRequest, pk: int) -> HttpResponse:
    """The appraiser's decision."""
    user, at = signed_in(request), timezone.now()
    enrolment = _enrolment(user, pk)
    require(may_appraise(user, enrolment, on=legal_day(at)))
    form = PlanAppraisalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            move = _decide(enrolment.plan, form, user)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _(SAID[move]))
            return redirect("cycle:plan", enrolment.pk)
    asked = corrections_of(enrolment, PaperKind.PLAN)
    context = {
        "enrolment": enrolment,
        "paper": enrolment.plan,
        "rows": form.rows(_texts(enrolment.plan), asked),
        "closing": form.closing_fields(),
        "returns": asked.returns,
        "form": form,
    }
    return render(request, "cycle/plan_appraise.html", context)


def _decide(row: BusinessPlan, form: PlanAppraisalForm, user: User) -> AppraisalMove:
    move, at = AppraisalMove(form.cleaned_data["decision"]), timezone.now()
    reason = form.cleaned_data["reason"]
    if move is AppraisalMove.ACCEPT:
        plans.accept(row, reason=reason, by=user, at=at)
    elif move is AppraisalMove.RETURN:
        plans.return_for_changes(row, remarks=form.remarks(), reason=reason, by=user, at=at)
    else:
        plans.decline(row, reason=reason, by=user, at=at)
    return move


def _enrolment(user: User, pk: int) -> Enrolment:
    rows = visible_enrolments(user, legal_day(timezone.now())).filter(plan__isnull=False)
    return get_object_or_404(rows, pk=pk)


def _is_open(enrolment: Enrolment) -> bool:
    return enrolment.is_active and AppraisalState(enrolment.plan.state).is_open


def _done(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    if "submit" in request.POST:
        messages.success(request, _("Đã gửi phương án để thẩm định."))
        return redirect(enrolment)
    messages.success(request, _("Đã lưu phương án."))
    return redirect("cycle:plan", enrolment.pk)


def _page(request: HttpRequest, enrolment: Enrolment, form: PlanForm | None) -> HttpResponse:
    row = enrolment.plan
    user, on = signed_in(request), legal_day(timezone.now())
    asked = corrections_of(enrolment, PaperKind.PLAN)
    is_submitted = row.state == AppraisalState.SUBMITTED and enrolment.is_active
    context = {
        "enrolment": enrolment,
        "paper": row,
        "form": form,
        "rows": [(field, asked.of(field.name)) for field in form.visible_fields()] if form else [],
        "asked": asked,
        "returns": asked.returns,
        "texts": _texts(row),
        "track": track_of(enrolment),
        "may_appraise": may_appraise(user, enrolment, on=on) if is_submitted else None,
    }
    return render(request, "cycle/plan.html", context)


def _texts(row: BusinessPlan) -> list[tuple[str, Any]]:
    """What was written, under the headings of the form."""
    fields = PlanForm.base_fields
    money = {"investment", "own_capital"}
    return [
        (str(fields[name].label), vnd(getattr(row, name)) if name in money else getattr(row, name))
        for name in written_fields(PlanForm)
    ]
