"""Existing registers brought in: upload, columns, check, load, undo; each with its progress."""

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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import bell
from ocop_portal.journal.selectors import history_of
from ocop_portal.refusals import refusal_text
from ocop_portal.web import live
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division
from registry.permissions import may_enter_registers
from reporting.domain.register_states import ImportState, Outcome
from reporting.filters import RegisterLineFilter
from reporting.forms.registers import MappingForm, RegisterForm, mapping_values
from reporting.models import RegisterImport
from reporting.selectors import registers
from reporting.services import register_imports
from reporting.views.columns import REGISTERS, register_lines

WORK = "reporting.tasks.work_register"
PROGRESS = "reporting/_register_progress.html"
MAPPABLE = (ImportState.MAPPING, ImportState.CHECKED, ImportState.UNDONE)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register_list(request: HttpRequest) -> HttpResponseBase:
    """The registers of the reader's provinces, and the form for another."""
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    require(may_enter_registers(user, on=on))
    units = registers.offices_of(user, on)
    form = RegisterForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            register = register_imports.upload(
                facts["file"],
                unit=facts["unit"],
                division=Division(facts["division"]),
                by=user,
                at=at,
            )
        except RuleBroken as refusal:
            _refuse(form, refusal)
        else:
            return redirect(register)
    return list_page(
        request,
        registers.visible_registers(user, on),
        None,
        "reporting/register_list.html",
        columns=REGISTERS,
        form=form,
    )


@login_required
@require_safe
def register_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was read, what is wrong by row and column, and what may be done next."""
    return _page(request, _found(request, pk))


@login_required
@require_POST
def register_check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Reads every line with the chosen columns, without writing."""
    register, at = _found(request, pk), timezone.now()
    form = MappingForm(request.POST, headings=register.headings)
    if form.is_valid():
        try:
            register_imports.check(register, mapping=form.mapping(), by=signed_in(request), at=at)
        except RuleBroken as refusal:
            _refuse(form, refusal)
        else:
            return _set_to_work(register)
    return _page(request, register, form)


@login_required
@require_POST
def register_load(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps every line, in the background."""
    register, user, at = _found(request, pk), signed_in(request), timezone.now()
    try:
        register_imports.load(register, by=user, at=at)
    except RuleBroken as refusal:
        messages.error(request, refusal_text(refusal))
        return redirect(register)
    return _set_to_work(register)


@login_required
@require_POST
def register_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back what the register made, in the background."""
    register, user, at = _found(request, pk), signed_in(request), timezone.now()
    try:
        register_imports.undo(register, by=user, at=at)
    except RuleBroken as refusal:
        messages.error(request, refusal_text(refusal))
        return redirect(register)
    return _set_to_work(register)


@login_required
@require_safe
def register_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress alone, for the page that asks again by itself."""
    register = _found(request, pk)
    return live.answer(
        request, PROGRESS, _progress(register), url=request.path, asks=register.status.is_working
    )


def _page(
    request: HttpRequest, register: RegisterImport, form: MappingForm | None = None
) -> HttpResponseBase:
    counts = registers.counts_of(register)
    if form is None and register.status in MAPPABLE:
        form = MappingForm(initial=mapping_values(register.mapping), headings=register.headings)
    progress = reverse("reporting:register-progress", args=[register.pk])
    return list_page(
        request,
        registers.lines_of(register),
        RegisterLineFilter,
        "reporting/register_detail.html",
        columns=register_lines(register),
        register=register,
        form=form,
        counts=[(outcome, count) for outcome, count in counts.items() if count],
        faulty=counts[Outcome.FAULTY],
        history=history_of(register),
        progress=live.part(
            request,
            PROGRESS,
            _progress(register),
            url=progress,
            asks=register.status.is_working,
        ),
    )


def _progress(register: RegisterImport) -> dict[str, Any]:
    return {"register": register, "status": register.status}


def _found(request: HttpRequest, pk: int) -> RegisterImport:
    on = legal_day(timezone.now())
    return get_object_or_404(registers.visible_registers(signed_in(request), on), pk=pk)


def _set_to_work(register: RegisterImport) -> HttpResponse:
    transaction.on_commit(partial(bell.ring, WORK, register.pk), robust=True)
    return redirect(register)


def _refuse(form: RegisterForm | MappingForm, refusal: RuleBroken) -> None:
    """The refusal at its field, else above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, refusal_text(refusal))
