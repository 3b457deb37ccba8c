"""One act on many rows: choose, read what will happen, confirm, read what happened."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.journal import bell
from ocop_portal.journal.selectors import history_of
from ocop_portal.refusals import refusal_text
from ocop_portal.web import live
from ocop_portal.web.exports import Column
from ocop_portal.web.filters import LONGEST_NUMBER
from ocop_portal.web.forms import NfcForm
from ocop_portal.web.templatetags.portal import term
from ocop_portal.web.views import list_page
from registry.domain.errors import RuleBroken
from reporting.domain.bulk_states import BulkState, RowOutcome
from reporting.forms.bulk import facts_form, plain_facts
from reporting.models import BulkJob
from reporting.selectors import bulk
from reporting.services import bulk_jobs
from reporting.services.bulk_actions import ACTIONS

WORK = "reporting.tasks.work_bulk"
PROGRESS = "reporting/_bulk_progress.html"
AT_ONCE = 1.0  # seconds of work within the request; the rest is the worker's
JOBS = (
    Column(_("Việc"), lambda row: term(ACTIONS[row.action].label)),
    Column(_("Chọn lúc"), lambda row: row.made_at),
    Column(_("Xác nhận lúc"), lambda row: row.confirmed_at),
    Column(_("Số dòng đã chọn"), lambda row: row.chosen),
    Column(_("Đã làm"), lambda row: row.done),
    Column(_("Trạng thái"), lambda row: term(row.status.label)),
)
ROWS = (
    Column(_("Số thứ tự"), lambda row: row.number),
    Column(_("Dòng"), lambda row: row.label),
    Column(_("Kết quả"), lambda row: term(row.result.label)),
    Column(_("Vì sao"), term),
)


@login_required
@require_safe
def job_list(request: HttpRequest) -> HttpResponseBase:
    """What the reader did to many rows."""
    rows = bulk.own_jobs(signed_in(request))
    return list_page(request, rows, None, "reporting/bulk_list.html", columns=JOBS)


@login_required
@require_POST
def job_start(request: HttpRequest) -> HttpResponse:
    """The chosen rows; the next page says what will happen to each."""
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("desk")
    try:
        job = bulk_jobs.start(
            request.POST.get("action", ""),
            _numbers(request.POST.getlist("row")),
            by=signed_in(request),
            at=timezone.now(),
            back=back[:1000],
        )
    except RuleBroken as refusal:
        messages.warning(request, refusal_text(refusal))
        return redirect(back)
    return _set_to_work(job)


@login_required
@require_safe
def job_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What will happen to each row, or what happened."""
    job = _found(request, pk)
    return _page(request, job, facts_form(job) if job.confirmed_at is None else None)


@login_required
@require_POST
def job_check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What all rows get is said; each is tried with it."""
    job = _found(request, pk)
    form = facts_form(job, request.POST)
    if form is not None and not form.is_valid():
        return _page(request, job, form)
    facts = plain_facts(form) if form is not None else {}
    try:
        bulk_jobs.check(job, facts=facts, by=signed_in(request))
    except RuleBroken as refusal:
        messages.warning(request, refusal_text(refusal))
        return redirect(job)
    return _set_to_work(job)


@login_required
@require_POST
def job_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Does it; pressed twice does it once."""
    job = _found(request, pk)
    try:
        bulk_jobs.confirm(job, by=signed_in(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.warning(request, refusal_text(refusal))
        return redirect(job)
    return _set_to_work(job)


@login_required
@require_safe
def job_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress alone, for the page that asks again by itself."""
    job = _found(request, pk)
    context = _progress(job)
    return live.answer(request, PROGRESS, context, url=request.path, asks=job.status.is_working)


def _page(request: HttpRequest, job: BulkJob, form: NfcForm | None) -> HttpResponseBase:
    url = reverse("reporting:bulk-progress", args=[job.pk])
    context = _progress(job)
    return list_page(
        request,
        bulk.rows_of(job),
        None,
        "reporting/bulk_detail.html",
        columns=ROWS,
        form=form,
        history=history_of(job),
        is_ready=job.status is BulkState.READY,
        possible=context["counts"][RowOutcome.POSSIBLE],
        told=[(outcome, count) for outcome, count in context["counts"].items() if count],
        progress=live.part(request, PROGRESS, context, url=url, asks=job.status.is_working),
        **context,
    )


def _progress(job: BulkJob) -> dict[str, Any]:
    counts = bulk.counts_of(job)
    waiting = RowOutcome.WAITING if job.status is BulkState.CHECKING else RowOutcome.POSSIBLE
    total = sum(counts.values())
    return {
        "job": job,
        "action": ACTIONS[job.action],
        "counts": counts,
        "total": total,
        "passed": total - counts[waiting],
    }


def _numbers(words: list[str]) -> list[int]:
    """The keys among what a browser sent; what is none names no row."""
    return [
        int(word)
        for word in words
        if word.isascii() and word.isdecimal() and len(word) <= LONGEST_NUMBER
    ]


def _found(request: HttpRequest, pk: int) -> BulkJob:
    return get_object_or_404(bulk.own_jobs(signed_in(request)), pk=pk)


def _set_to_work(job: BulkJob) -> HttpResponse:
    """A second of work now, so that a few rows need no waiting; a worker does the rest."""
    if bulk_jobs.work(job.pk, at=timezone.now(), seconds=AT_ONCE):
        transaction.on_commit(partial(bell.ring, WORK, job.pk), robust=True)
    return redirect(job)
