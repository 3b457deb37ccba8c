"""Reporting misuse of the mark, without an account; and the inbox of the offices."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.refusals import refusal_text
from ocop_portal.web import limits, navigation
from ocop_portal.web.views import list_page
from promotion import permissions
from promotion.filters import ReportFilter
from promotion.forms import AnswerForm, ReportForm
from promotion.models import MisuseReport
from promotion.selectors.reports import report_of_code, visible_reports
from promotion.services import reports
from promotion.views.columns import REPORTS
from promotion.views.guessing import against_guessing
from promotion.views.verify import pause
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from scoring import permissions as scoring_permissions
from scoring.menu import AFTERCARE
from scoring.selectors.inspections import office_of

MOST_EACH_HOUR = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_create(request: HttpRequest) -> HttpResponse:
    """The form; a sent report leads to its own page, whose address is its receipt."""
    form = ReportForm(
        request.POST or None, request.FILES or None, initial={"code": request.GET.get("ma", "")}
    )
    if request.method == "POST" and form.is_valid():
        if limits.once_too_often(request, "misuse-report", each_hour=MOST_EACH_HOUR):
            form.add_error(None, _("Từ mạng này đã có nhiều phản ánh; hãy thử lại sau một giờ."))
        else:
            try:
                made = reports.receive(at=timezone.now(), **form.facts)
            except RuleBroken as refusal:
                form.add_error(_field(form, refusal), refusal_text(refusal))
            else:
                return redirect("promotion:report-state", made.code)
    return render(request, "promotion/report_form.html", {"form": form})


@never_cache
@require_safe
@against_guessing(pause)
def report_state(request: HttpRequest, code: str) -> HttpResponse:
    """Where a report stands, for whoever holds its code: nothing of what was written."""
    report = report_of_code(code)
    context = {"report": report, "typed": code[:60]}
    status = 200 if report else 404
    return render(request, "promotion/report_state.html", context, status=status)


@login_required
@require_safe
def report_list(request: HttpRequest) -> HttpResponseBase:
    """The inbox of the reader's offices, the most pressing first."""
    user, on = signed_in(request), legal_day(timezone.now())
    if not permissions.may_read_reports(user, on=on):
        raise Http404
    return list_page(
        request,
        visible_reports(user, on),
        ReportFilter,
        "promotion/report_list.html",
        columns=REPORTS,
        today=on,
        tabs=navigation.tabs_for(AFTERCARE, user, request.path),
    )


@login_required
@require_safe
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as the office reads it, and what it may do about it."""
    return _show(request, _report(request, pk), AnswerForm())


@login_required
@require_POST
def report_take(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    reports.take(report, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Bạn phụ trách phản ánh này."))
    return redirect(report)


@login_required
@require_POST
def report_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer; the form comes back with what was typed where it is refused."""
    report, at = _report(request, pk), timezone.now()
    require(permissions.may_answer_report(signed_in(request), report, on=legal_day(at)))
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            reports.answer(report, by=signed_in(request), at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(None, refusal_text(refusal))
        else:
            messages.success(request, _("Đã trả lời; người phản ánh đọc được bằng mã của mình."))
            return redirect(report)
    return _show(request, report, form)


@login_required
@require_safe
def report_photo(request: HttpRequest, pk: int) -> FileResponse:
    """The photograph of a report, to the office; never cached."""
    report = _report(request, pk)
    if not report.photo:
        raise Http404
    response = FileResponse(report.photo.open("rb"), content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _report(request: HttpRequest, pk: int) -> MisuseReport:
    return get_object_or_404(visible_reports(signed_in(request), legal_day(timezone.now())), pk=pk)


def _show(request: HttpRequest, report: MisuseReport, form: AnswerForm) -> HttpResponse:
    user, on = signed_in(request), legal_day(timezone.now())
    held = report.certificate
    may_answer = permissions.may_answer_report(user, report, on=on)
    context: dict[str, Any] = {
        "report": report,
        "form": form if may_answer and report.state != "answered" else None,
        "may_answer": may_answer,
        "may_inspect": held and scoring_permissions.may_inspect(user, office_of(held), on=on),
        "is_overdue": report.is_overdue(on),
        "history": history_of(report),
    }
    return render(request, "promotion/report_detail.html", context)


def _field(form: ReportForm, refusal: RuleBroken) -> str | None:
    field = "photo" if refusal.field == "file" else refusal.field
    return field if field in form.fields else None
