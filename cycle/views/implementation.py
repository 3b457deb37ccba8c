"""Step four: milestones, and the door to the evaluation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cycle.domain.steps import Step
from cycle.forms import MilestoneDoneForm, MilestoneForm, add_refusal
from cycle.models import Enrolment, Milestone
from cycle.permissions import may_write
from cycle.selectors import milestones_in_reach, visible_enrolments
from cycle.services import enrolments, jottings, milestones
from cycle.views.jottings import MILESTONE, form_of, kept_in
from cycle.views.tracks import track_of
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken

GET_OR_POST = ("GET", "HEAD", "POST")
OPEN_STEPS = frozenset({Step.PLAN, Step.IMPLEMENTATION})


@login_required
@require_http_methods(GET_OR_POST)
def implementation(request: HttpRequest, pk: int) -> HttpResponse:
    """The milestones of a plan; the subject adds to them while the plan is carried out."""
    user, at = signed_in(request), timezone.now()
    enrolment = _enrolment(user, pk)
    may = may_write(user, enrolment, on=legal_day(at))
    form = MilestoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(may)
        if form.is_valid():
            try:
                milestones.add(enrolment, by=user, at=at, **form.cleaned_data)
            except RuleBroken as refusal:
                add_refusal(form, refusal)
            else:
                jottings.forget(enrolment, MILESTONE, by=user)
                messages.success(request, _("Đã thêm mốc."))
                return redirect("cycle:implementation", enrolment.pk)
    rows = list(enrolment.milestones.order_by("due_on", "id"))
    context = {
        "enrolment": enrolment,
        "kept": kept_in(form, enrolment, MILESTONE, user) if may else None,
        "milestones": rows,
        "open_count": sum(not row.is_done for row in rows),
        "track": track_of(enrolment),
        "form": form,
        "is_writable": bool(may) and enrolment.is_active and enrolment.step in OPEN_STEPS,
        "is_here": enrolment.step == Step.IMPLEMENTATION and enrolment.is_active,
        "may_write": may,
        "today": legal_day(at),
    }
    return render(request, "cycle/implementation.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def milestone_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a milestone, and when."""
    user, at = signed_in(request), timezone.now()
    milestone = _milestone(user, pk)
    require(may_write(user, milestone.enrolment, on=legal_day(at)))
    form = MilestoneDoneForm(
        request.POST if request.method == "POST" else None,
        initial={"completed_on": legal_day(at), "cost": milestone.cost},
    )
    if request.method == "POST" and form.is_valid():
        try:
            milestones.complete(milestone, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            jottings.forget(milestone.enrolment, form_of(milestone.pk), by=user)
            messages.success(request, _("Đã ghi mốc hoàn thành."))
            return redirect("cycle:implementation", milestone.enrolment_id)
    context = {
        "form": form,
        "milestone": milestone,
        "enrolment": milestone.enrolment,
        "kept": kept_in(form, milestone.enrolment, form_of(milestone.pk), user),
    }
    return render(request, "cycle/milestone_complete.html", context)


@login_required
@require_POST
def milestone_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an open milestone off the list."""
    user = signed_in(request)
    milestone = _milestone(user, pk)
    milestones.drop(milestone, by=user, at=timezone.now())
    messages.success(request, _("Đã bỏ mốc."))
    return redirect("cycle:implementation", milestone.enrolment_id)


@login_required
@require_POST
def implementation_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the evaluation with a draft dossier."""
    user, at = signed_in(request), timezone.now()
    enrolment = _enrolment(user, pk)
    row = enrolments.finish_implementation(enrolment, by=user, at=at)
    messages.success(request, _("Đã mở bước đánh giá. Việc tiếp theo: soạn hồ sơ."))
    return redirect(row.dossier or row)


def _enrolment(user: User, pk: int) -> Enrolment:
    rows = visible_enrolments(user, legal_day(timezone.now())).filter(plan__isnull=False)
    return get_object_or_404(rows, pk=pk)


def _milestone(user: User, pk: int) -> Milestone:
    return get_object_or_404(milestones_in_reach(user, legal_day(timezone.now())), pk=pk)
