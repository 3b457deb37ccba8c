"""Pages of the complaints: lodged by the producer, dealt with by the office, seen by both."""

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
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.selectors import regime
from scoring import permissions
from scoring.domain.complaint_states import ComplaintState
from scoring.filters import ComplaintFilter
from scoring.forms import AnswerForm, ComplaintForm, ExtensionForm, add_refusal
from scoring.models import Complaint
from scoring.selectors.complaints import last_day_for, visible_complaints
from scoring.selectors.decisions import visible_decisions
from scoring.selectors.ratings import recognised_by, visible_ratings
from scoring.selectors.rubrics import rubric_of
from scoring.services import complaints
from scoring.views.columns import COMPLAINTS
from scoring.views.decisions import posted_version


@login_required
@require_safe
def complaint_list(request: HttpRequest) -> HttpResponseBase:
    """The reader's own complaints, or the inbox of the reader's offices; open ones first."""
    user, on = signed_in(request), legal_day(timezone.now())
    rows = visible_complaints(user, on)
    return list_page(
        request,
        rows,
        ComplaintFilter,
        "scoring/complaint_list.html",
        columns=COMPLAINTS,
        today=on,
    )


@login_required
@require_http_methods(["GET", "POST"])
def complaint_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Up to five criteria of a result, each with its reason."""
    user, at = signed_in(request), timezone.now()
    rating = get_object_or_404(visible_ratings(user, legal_day(at)), pk=pk)
    require(permissions.may_complain(user, rating, on=legal_day(at)))
    form = ComplaintForm(request.POST or None, rubric=rubric_of(rating.edition))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            made = complaints.lodge(rating, points=form.points, text=text, by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã gửi khiếu nại; cơ quan giải quyết được báo."))
            return redirect(made)
    last = last_day_for(rating)
    context = {
        "form": form,
        "rating": rating,
        "product": rating.dossier.enrolment.product,
        "last_day": last,
        "is_late": legal_day(at) > last,
        "rules": regime(rating.regime).complaint,
    }
    return render(request, "scoring/complaint_form.html", context)


@login_required
@require_safe
def complaint_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is complained about, until when, by whom it is dealt with, and the answer."""
    user, on = signed_in(request), legal_day(timezone.now())
    complaint = get_object_or_404(visible_complaints(user, on), pk=pk)
    return render(request, "scoring/complaint_detail.html", shown(complaint, request))


def shown(complaint: Complaint, request: HttpRequest) -> dict[str, object]:
    """What stands on the page for this reader."""
    user, on = signed_in(request), legal_day(timezone.now())
    by_code = rubric_of(complaint.rating.edition).by_code
    may_answer = permissions.may_answer_complaint(user, complaint, on=on)
    is_owner = may_answer and complaint.owner_id == user.pk
    deals = is_owner and complaint.status is ComplaintState.TAKEN
    initial = {"version": complaint.version}
    is_decided = recognised_by(complaint.rating) is not None
    return {
        "complaint": complaint,
        "product": complaint.rating.dossier.enrolment.product,
        "points": [(by_code[each.criterion], each.reason) for each in complaint.points.all()],
        "today": on,
        "sees_correction": visible_decisions(user, on).filter(complaints=complaint).exists(),
        "may_take": may_answer and complaint.status.is_open and not is_owner,
        "answer_form": AnswerForm(initial=initial, is_decided=is_decided) if deals else None,
        "extension_form": (
            ExtensionForm(prefix="extend", initial=initial)
            if deals and not complaint.extension
            else None
        ),
        "may_withdraw": complaint.status.is_open
        and permissions.may_withdraw_complaint(user, complaint, on=on),
        "history": history_of(complaint),
    }


@login_required
@require_POST
def complaint_take(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer deals with it from now on."""
    user, at = signed_in(request), timezone.now()
    complaint = get_object_or_404(visible_complaints(user, legal_day(at)), pk=pk)
    complaints.take(complaint, version=posted_version(request), by=user, at=at)
    messages.success(request, _("Bạn đang giải quyết khiếu nại này."))
    return redirect(complaint)


@login_required
@require_POST
def complaint_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """The longer time of the law, once."""
    user, at = signed_in(request), timezone.now()
    complaint = get_object_or_404(visible_complaints(user, legal_day(at)), pk=pk)
    require(permissions.may_answer_complaint(user, complaint, on=legal_day(at)))
    form = ExtensionForm(request.POST, prefix="extend")
    if form.is_valid():
        try:
            complaints.extend(complaint, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã gia hạn và báo cho chủ thể."))
            return redirect(complaint)
    context = {**shown(complaint, request), "extension_form": form}
    return render(request, "scoring/complaint_detail.html", context)


@login_required
@require_POST
def complaint_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The recorded answer with its effect."""
    user, at = signed_in(request), timezone.now()
    complaint = get_object_or_404(visible_complaints(user, legal_day(at)), pk=pk)
    require(permissions.may_answer_complaint(user, complaint, on=legal_day(at)))
    form = AnswerForm(request.POST, is_decided=recognised_by(complaint.rating) is not None)
    if form.is_valid():
        try:
            complaints.answer(complaint, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã trả lời và báo cho chủ thể."))
            return redirect(complaint)
    context = {**shown(complaint, request), "answer_form": form}
    return render(request, "scoring/complaint_detail.html", context)


@login_required
@require_POST
def complaint_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user, at = signed_in(request), timezone.now()
    complaint = get_object_or_404(visible_complaints(user, legal_day(at)), pk=pk)
    complaints.withdraw(complaint, by=user, at=at)
    messages.success(request, _("Đã rút khiếu nại."))
    return redirect(complaint)
