"""Step two: the idea as its writer and as its appraiser see it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cycle.domain.appraisal import AppraisalMove, AppraisalState
from cycle.domain.paper_items import PaperKind
from cycle.forms import IdeaAppraisalForm, IdeaForm, add_paper_refusal, add_refusal
from cycle.forms.papers import written_fields
from cycle.models import Enrolment, Idea
from cycle.permissions import may_appraise, may_assist, may_write
from cycle.selectors import corrections_of, visible_enrolments
from cycle.services import ideas
from cycle.views.tracks import track_of
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term

GET_OR_POST = ("GET", "HEAD", "POST")
SAID = {
    AppraisalMove.ACCEPT: term("Đã chấp nhận ý tưởng; chủ thể được báo để lập phương án."),
    AppraisalMove.RETURN: term("Đã trả lại ý tưởng; chủ thể được báo cần sửa gì."),
    AppraisalMove.DECLINE: term("Đã ghi quyết định không chấp nhận; chủ thể được báo lý do."),
}


@login_required
@require_http_methods(GET_OR_POST)
def idea(request: HttpRequest, pk: int) -> HttpResponse:
    """The idea: written by its subject while it is open, read by everybody who sees it."""
    user, at = signed_in(request), timezone.now()
    enrolment = _enrolment(user, pk)
    row = enrolment.idea
    may = may_write(user, enrolment, on=legal_day(at))
    if request.method != "POST":
        form = IdeaForm.on(row) if may and _is_open(enrolment) else None
        return _page(request, enrolment, form)
    require(may)
    form = IdeaForm(request.POST)
    if form.is_valid():
        try:
            saved = ideas.save(
                row,
                version=form.seen_version,
                seen=form.seen_marks,
                by=user,
                at=at,
                **form.values(),
            )
            if "submit" in request.POST:
                ideas.submit(saved, by=user, at=at)
        except RuleBroken as refusal:
            row.refresh_from_db()
            add_paper_refusal(form, refusal, version=row.version, stored=vars(row))
        else:
            return _done(request, enrolment)
    return _page(request, enrolment, form)


@login_required
@require_http_methods(GET_OR_POST)
def idea_appraise(request: HttpRequest, pk: int) -> HttpResponse:
    """The appraiser's three findings and the decision."""
    user, at = signed_in(request), timezone.now()
    enrolment = _enrolment(user, pk)
    require(may_appraise(user, enrolment, on=legal_day(at)))
    row = enrolment.idea
    if request.method != "POST":
        return _appraisal(request, enrolment, IdeaAppraisalForm.on(row))
    form = IdeaAppraisalForm(request.POST)
    if form.is_valid():
        try:
            move = _decide(row, form, user)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _(SAID[move]))
            return redirect("cycle:idea", enrolment.pk)
    return _appraisal(request, enrolment, form)


def _decide(row: Idea, form: IdeaAppraisalForm, user: User) -> AppraisalMove:
    move, at = AppraisalMove(form.cleaned_data["decision"]), timezone.now()
    reason, findings = form.cleaned_data["reason"], form.findings()
    remarks = form.remarks()
    if move is AppraisalMove.ACCEPT:
        ideas.accept(row, findings=findings, reason=reason, by=user, at=at)
    elif move is AppraisalMove.RETURN:
        ideas.return_for_changes(
            row, remarks=remarks, findings=findings, reason=reason, by=user, at=at
        )
    else:
        ideas.decline(row, findings=findings, reason=reason, by=user, at=at)
    return move


def _enrolment(user: User, pk: int) -> Enrolment:
    rows = visible_enrolments(user, legal_day(timezone.now())).filter(idea__isnull=False)
    return get_object_or_404(rows, pk=pk)


def _is_open(enrolment: Enrolment) -> bool:
    return enrolment.is_active and AppraisalState(enrolment.idea.state).is_open


def _done(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    if "submit" in request.POST:
        messages.success(request, _("Đã gửi ý tưởng để thẩm định."))
        return redirect(enrolment)
    messages.success(request, _("Đã lưu ý tưởng."))
    return redirect("cycle:idea", enrolment.pk)


def _page(request: HttpRequest, enrolment: Enrolment, form: IdeaForm | None) -> HttpResponse:
    row = enrolment.idea
    user, on = signed_in(request), legal_day(timezone.now())
    asked = corrections_of(enrolment, PaperKind.IDEA)
    is_submitted = row.state == AppraisalState.SUBMITTED and enrolment.is_active
    context = {
        "enrolment": enrolment,
        "paper": row,
        "form": form,
        "rows": [(field, asked.of(field.name)) for field in form.visible_fields()] if form else [],
        "asked": asked,
        "returns": asked.returns,
        "texts": _texts(row),
        "findings": row.findings.all(),
        "track": track_of(enrolment),
        "may_write": may_write(user, enrolment, on=on),
        "may_assist": may_assist(user, enrolment, on=on) if _is_open(enrolment) else None,
        "may_appraise": may_appraise(user, enrolment, on=on) if is_submitted else None,
    }
    return render(request, "cycle/idea.html", context)


def _appraisal(request: HttpRequest, enrolment: Enrolment, form: IdeaAppraisalForm) -> HttpResponse:
    asked = corrections_of(enrolment, PaperKind.IDEA)
    context = {
        "enrolment": enrolment,
        "paper": enrolment.idea,
        "rows": form.rows(_texts(enrolment.idea), asked),
        "closing": form.closing_fields(),
        "returns": asked.returns,
        "form": form,
    }
    return render(request, "cycle/idea_appraise.html", context)


def _texts(row: Idea) -> list[tuple[str, str]]:
    """What was written, under the headings of the form."""
    fields = IdeaForm.base_fields
    return [(str(fields[name].label), getattr(row, name)) for name in written_fields(IdeaForm)]
