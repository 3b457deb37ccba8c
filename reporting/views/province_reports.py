"""Provinces' reports: the list, one report with its words and figures, what was sent."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.refusals import refusal_text
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.documents import FileKind
from registry.domain.errors import RuleBroken
from reporting.domain.figures import tables_from
from reporting.domain.report_states import ReportState
from reporting.filters import ProvinceReportFilter, today
from reporting.forms.programme import SendForm, WhyForm, WordsForm
from reporting.models import ProvinceReport, ReportSending
from reporting.permissions import may_ask_provinces, may_write_for
from reporting.selectors import programme
from reporting.selectors.programme import Reach
from reporting.selectors.report_figures import figures_for, told_period
from reporting.services import province_reports, report_papers
from reporting.views.columns import PROVINCE_REPORTS

WORDS = (
    ("results", "Kết quả đạt được"),
    ("difficulties", "Khó khăn, vướng mắc"),
    ("proposals", "Kiến nghị, việc kỳ tới"),
)


def reach_in(request: HttpRequest) -> Reach:
    """What the reader reaches in the programme room; for everybody else there is no such page."""
    reach = programme.reach_of(request.user, today())
    if not reach.is_anywhere:
        raise Http404
    return reach


@login_required
@require_safe
def report_list(request: HttpRequest) -> HttpResponseBase:
    """The reports of the reader's province, or of all for the centre."""
    reach = reach_in(request)
    return list_page(
        request,
        programme.visible_reports(reach),
        ProvinceReportFilter,
        "reporting/report_list.html",
        columns=PROVINCE_REPORTS,
        today=today(),
        reach=reach,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what was sent, or the words being written beside today's figures."""
    report, user, at = _report(request, pk), signed_in(request), timezone.now()
    if request.method != "POST":
        return _show(request, report)
    require(may_write_for(user, report.unit, on=legal_day(at)))
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            province_reports.write(
                report, form.words, version=form.cleaned_data["version"], by=user, at=at
            )
        except RuleBroken as refusal:
            form.add_error(None, refusal_text(refusal))
        else:
            messages.success(request, _("Đã lưu báo cáo; báo cáo chưa được gửi."))
            return redirect(report)
    return _show(request, report, words=form)


@login_required
@require_POST
def report_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends what was saved, with the figures of now."""
    report, user, at = _report(request, pk), signed_in(request), timezone.now()
    require(may_write_for(user, report.unit, on=legal_day(at)))
    form = SendForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            province_reports.send(
                report, version=given["version"], file=given["file"], by=user, at=at
            )
        except RuleBroken as refusal:
            form.add_error("file" if refusal.field == "file" else None, refusal_text(refusal))
        else:
            messages.success(request, _("Đã gửi báo cáo về trung ương."))
            return redirect(report)
    return _show(request, report, sending=form)


@login_required
@require_POST
def report_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The centre's answer, by the button pressed: received, returned, not wanted any more."""
    report, user, at = _report(request, pk), signed_in(request), timezone.now()
    require(may_ask_provinces(user, on=legal_day(at)))
    form = WhyForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    answers: dict[str, tuple[Callable[..., object], str]] = {
        "receive": (province_reports.receive, _("Đã nhận báo cáo.")),
        "return": (
            partial(province_reports.return_to_province, reason=reason),
            _("Đã trả lại báo cáo."),
        ),
        "cancel": (partial(province_reports.cancel, reason=reason), _("Đã bỏ yêu cầu.")),
    }
    if request.POST.get("answer") not in answers:
        raise Http404
    answer, words = answers[request.POST["answer"]]
    try:
        answer(report, by=user, at=at)
    except RuleBroken as refusal:
        messages.error(request, refusal_text(refusal))
    else:
        messages.success(request, words)
    return redirect(report)


@login_required
@require_safe
def sending_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent, as it was."""
    sending = _sending(request, pk)
    context = {
        "sending": sending,
        "report": sending.report,
        "words": words_of(sending),
        "tables": tables_from(sending.figures),
        "is_whole": province_reports.hash_of(sending) == sending.sha256,
    }
    return render(request, "reporting/sending_detail.html", context)


@login_required
@require_safe
def sending_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent as PDF; the same bytes whenever it is asked for."""
    sending = _sending(request, pk)
    made = report_papers.sending_paper(sending, words_of(sending))
    name = f"bao-cao-{sending.report_id}-lan-{sending.number}.pdf"
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
@require_safe
def sending_file(request: HttpRequest, pk: int) -> FileResponse:
    """The paper that came with a report."""
    sending = _sending(request, pk)
    if not sending.file:
        raise Http404
    try:
        stored = sending.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("Tệp không còn trong kho.")) from error
    response = FileResponse(
        stored,
        as_attachment=sending.file_type != FileKind.PDF.content_type,
        filename=sending.file_name,
        content_type=sending.file_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def words_of(sending: ReportSending) -> list[tuple[str, str]]:
    return [(heading, sending.words.get(name, "")) for name, heading in WORDS]


def _report(request: HttpRequest, pk: int) -> ProvinceReport:
    return get_object_or_404(programme.visible_reports(reach_in(request)), pk=pk)


def _sending(request: HttpRequest, pk: int) -> ReportSending:
    return get_object_or_404(programme.visible_sendings(reach_in(request)), pk=pk)


def _show(
    request: HttpRequest,
    report: ProvinceReport,
    *,
    words: WordsForm | None = None,
    sending: SendForm | None = None,
) -> HttpResponse:
    user, on = signed_in(request), today()
    may_write = may_write_for(user, report.unit, on=on)
    is_open = report.status.waits_for_the_province
    context: dict[str, Any] = {
        "report": report,
        "sendings": list(programme.sendings_of(report)),
        "is_overdue": report.is_overdue(on),
        "is_open": is_open,
        "may_write": may_write,
        "may_answer": may_ask_provinces(user, on=on),
        "is_sent": report.status is ReportState.SENT,
        "words": words or WordsForm(initial=_initial(report)),
        "sending": sending or SendForm(initial={"version": report.version}),
        "answering": WhyForm(),
        "history": history_of(report),
    }
    if is_open and may_write:
        context |= _preview(report, user, on)
    return render(request, "reporting/report_detail.html", context)


def _preview(report: ProvinceReport, user: Any, on: date) -> dict[str, Any]:
    """The figures as they would be frozen now."""
    period = told_period(report.request, today=on)
    return {
        "as_of": period.last,
        "tables": figures_for(report.unit, period, today=on, reader=user),
    }


def _initial(report: ProvinceReport) -> dict[str, Any]:
    return {"version": report.version} | {name: getattr(report, name) for name, _label in WORDS}
