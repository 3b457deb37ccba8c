"""Requests for support: of one enrolment, one by one, and as an inbox."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cycle.domain.support import SUPPORT, SupportKind, SupportMove, SupportState
from cycle.filters import SupportFilter
from cycle.forms import SupportAnswerForm, SupportForm, add_refusal
from cycle.models import SupportRequest
from cycle.permissions import may_answer_support, may_write
from cycle.selectors import answering_office, shared_enrolments, support_requests, visible_support
from cycle.services import support
from cycle.views import columns
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken

GET_OR_POST = ("GET", "HEAD", "POST")


@login_required
@require_safe
def support_inbox(request: HttpRequest) -> HttpResponseBase:
    """Every request that the reader may see, the nearest day first."""
    user, on = signed_in(request), legal_day(timezone.now())
    return list_page(
        request,
        visible_support(user, on),
        SupportFilter,
        "cycle/support_inbox.html",
        columns=columns.SUPPORT,
        today=on,
    )


@login_required
@require_http_methods(GET_OR_POST)
def support_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The requests of an enrolment; the producer sends another one."""
    user, at = signed_in(request), timezone.now()
    enrolment = get_object_or_404(shared_enrolments(user, legal_day(at)), pk=pk)
    may = may_write(user, enrolment, on=legal_day(at))
    form = SupportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(may)
        if form.is_valid():
            kind = SupportKind(form.cleaned_data["kind"])
            try:
                asked = support.send(
                    enrolment, kind=kind, text=form.cleaned_data["text"], by=user, at=at
                )
            except RuleBroken as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Đã gửi đề nghị hỗ trợ."))
                return redirect(asked)
    context = {
        "enrolment": enrolment,
        "rows": support_requests().filter(enrolment=enrolment),
        "form": form,
        "is_writable": bool(may) and enrolment.is_active,
        "today": legal_day(at),
    }
    return render(request, "cycle/support_list.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def support_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A request with its answer; the office answers here."""
    user, at = signed_in(request), timezone.now()
    asked = get_object_or_404(visible_support(user, legal_day(at)), pk=pk)
    may = may_answer_support(user, asked, on=legal_day(at))
    form = SupportAnswerForm(request.POST if request.method == "POST" else None, asked=asked)
    if request.method == "POST":
        require(may)
        if form.is_valid():
            move = SupportMove(form.cleaned_data["move"])
            try:
                support.decide(
                    asked,
                    move,
                    answer=form.said(),
                    version=form.cleaned_data["version"],
                    by=user,
                    at=at,
                )
            except RuleBroken as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Đã ghi trả lời và báo cho chủ thể."))
                return redirect(asked)
    context = {
        "asked": asked,
        "history": history_of(asked),
        "office": answering_office(asked),
        "form": form if may and _is_open(asked) else None,
        "is_overdue": asked.is_overdue(legal_day(at)),
    }
    return render(request, "cycle/support_detail.html", context)


def _is_open(asked: SupportRequest) -> bool:
    return any(SupportState(asked.state) in row.sources for row in SUPPORT.rows)
