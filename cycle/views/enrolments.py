"""A product takes part; its six steps on one page; it leaves again."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cycle.domain.appraisal import AppraisalState
from cycle.domain.dossier import DossierState
from cycle.domain.journey import EnrolmentKind
from cycle.domain.messages import Side
from cycle.domain.steps import Step
from cycle.forms import EnrolForm, ReasonForm, add_refusal
from cycle.models import Enrolment
from cycle.permissions import may_appraise, may_commit, may_enrol, may_write, side_of
from cycle.selectors import (
    kinds_for,
    rounds_for,
    shared_enrolments,
    timeline_of,
    under_way,
    visible_dossiers,
    visible_enrolments,
)
from cycle.services import enrolments
from cycle.views.tracks import PAGES, steps_of, track_of
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.selectors import own_products

GET_OR_POST = ("GET", "HEAD", "POST")
ACTS = {
    (Step.IDEA, None): gettext_lazy("Viết ý tưởng"),
    (Step.IDEA, AppraisalState.PREPARED): gettext_lazy("Đọc và xác nhận ý tưởng"),
    (Step.IDEA, AppraisalState.RETURNED): gettext_lazy("Sửa ý tưởng"),
    (Step.PLAN, None): gettext_lazy("Viết phương án"),
    (Step.PLAN, AppraisalState.RETURNED): gettext_lazy("Sửa phương án"),
    (Step.IMPLEMENTATION, None): gettext_lazy("Ghi việc triển khai"),
}


@login_required
@require_http_methods(GET_OR_POST)
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Chooses a round for a product; a round that does not take it says why.

    What was recognised before comes straight to its dossier, filled in from the last one.
    """
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    product = get_object_or_404(own_products(user, on), pk=pk)
    require(may_enrol(user, product, on=on))
    found = rounds_for(product, on)
    open_here = [season for season, reason in found if not reason]
    form = EnrolForm(
        request.POST if request.method == "POST" else None,
        rounds=open_here,
        kinds=kinds_for(product),
        kind=request.GET.get("loai", ""),
    )
    if request.method == "POST" and form.is_valid():
        kind = EnrolmentKind(form.cleaned_data["kind"])
        try:
            row = enrolments.enrol(product, round=form.season(), kind=kind, by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Sản phẩm đã tham gia “%(round)s”.") % {"round": row.round})
            return redirect(row.dossier or row)
    refused = [(season, refusal_text(reason)) for season, reason in found if reason]
    context = {
        "form": form,
        "product": product,
        "going_on": under_way(product).first(),
        "open_here": open_here,
        "refused": refused,
    }
    return render(request, "cycle/enrol.html", context)


@login_required
@require_safe
def enrolment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The six steps of a product in a round: days, who must act, what happened."""
    user, on = signed_in(request), legal_day(timezone.now())
    enrolment = get_object_or_404(visible_enrolments(user, on), pk=pk)
    track = track_of(enrolment)
    dossier = enrolment.dossier
    is_open = dossier is not None and DossierState(dossier.state).is_open
    context = {
        "enrolment": enrolment,
        "track": track,
        "steps": steps_of(enrolment, track, on),
        "timeline": timeline_of(enrolment),
        "dossiers": visible_dossiers(user, on).filter(enrolment=enrolment),
        "act": _act(enrolment, user, on),
        "may_write": may_write(user, enrolment, on=on),
        "may_commit": may_commit(user, enrolment, on=on),
        "may_appraise": may_appraise(user, enrolment, on=on),
        "may_correspond": shared_enrolments(user, on).filter(pk=pk).exists(),
        "may_offer": is_open and side_of(user, enrolment, on=on) is Side.OFFICE,
        "today": on,
    }
    return render(request, "cycle/enrolment_detail.html", context)


def _act(enrolment: Enrolment, user: User, on: date) -> tuple[str, str] | None:
    """What this person has to do now on the step that is open, and where."""
    step = Step(enrolment.step)
    if not enrolment.is_active or step not in PAGES:
        return None
    url = reverse(PAGES[step], args=[enrolment.pk])
    paper = getattr(enrolment, step, None)
    state = AppraisalState(paper.state) if paper else AppraisalState.DRAFT
    if state == AppraisalState.SUBMITTED:
        return (_("Thẩm định"), url) if may_appraise(user, enrolment, on=on) else None
    if not may_write(user, enrolment, on=on):
        return None
    return (str(ACTS.get((step, state)) or ACTS[step, None]), url)


@login_required
@require_http_methods(GET_OR_POST)
def enrolment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The subject takes its product out of the round, with a reason."""
    user, at = signed_in(request), timezone.now()
    enrolment = get_object_or_404(visible_enrolments(user, legal_day(at)), pk=pk)
    require(may_commit(user, enrolment, on=legal_day(at)))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            enrolments.withdraw(enrolment, reason=form.cleaned_data["reason"], by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã rút sản phẩm khỏi đợt."))
            return redirect(enrolment)
    return render(request, "cycle/enrolment_withdraw.html", {"form": form, "enrolment": enrolment})
