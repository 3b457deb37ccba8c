"""Step five for the subject: the task list, the texts, the check, the lodging, the receipt."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycle import facts as told
from cycle import panels
from cycle.domain.dossier import DossierState
from cycle.domain.tasklist import grouped
from cycle.forms import ConfirmedLodgeForm, LodgeForm, ReasonForm, add_paper_refusal, add_refusal
from cycle.forms.dossiers import text_form
from cycle.models import Dossier
from cycle.permissions import may_commit, may_receive, may_report, may_write
from cycle.selectors import (
    corrections_in,
    mending_of,
    newest_confirmation,
    representatives_of,
    texts_of,
    timeline_of,
    to_renew,
    visible_dossiers,
    visible_enrolments,
    window_of,
    with_contents,
)
from cycle.services import confirmations, dossiers
from cycle.views.mending import mending_rows
from cycle.views.tasklists import evidence_rows, is_ready_to_check, obstacles, tasks_of
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken

GET_OR_POST = ("GET", "HEAD", "POST")
INTAKE = frozenset({DossierState.LODGED, DossierState.FORWARDED, DossierState.ACCEPTED})


def seen_dossier(user: User, pk: int) -> Dossier:
    """The dossier if the person may see it, else 404."""
    rows = with_contents(visible_dossiers(user, legal_day(timezone.now())))
    return get_object_or_404(rows, pk=pk)


@login_required
@require_POST
def dossier_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens a draft for an enrolment whose dossier was withdrawn."""
    user, at = signed_in(request), timezone.now()
    enrolment = get_object_or_404(visible_enrolments(user, legal_day(at)), pk=pk)
    return redirect(dossiers.start(enrolment, by=user, at=at))


@login_required
@require_safe
def dossier_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about a dossier: what is left to do, who has it, what is in it."""
    user, on = signed_in(request), legal_day(timezone.now())
    dossier = seen_dossier(user, pk)
    state, enrolment = DossierState(dossier.state), dossier.enrolment
    may = may_write(user, enrolment, on=on)
    shown = panels.panels_of(dossier, user)
    is_writable = bool(may) and state.is_open and enrolment.is_active
    mending = mending_rows(dossier, at=timezone.now())
    to_mend = {row.name for row in mending if not row.is_changed}
    tasks = tasks_of(dossier, shown, on, to_mend=to_mend) if is_writable else []
    window = window_of(dossier, told.valid_until(dossier)) if is_writable else None
    context = {
        "dossier": dossier,
        "enrolment": enrolment,
        # A council's member sees the dossier by its seat, but not the whole passage.
        "sees_enrolment": visible_enrolments(user, on).filter(pk=enrolment.pk).exists(),
        "is_writable": is_writable,
        "groups": grouped(tasks),
        "is_ready": is_ready_to_check(tasks),
        "mending": mending,
        "window": window,
        "window_is_open": window is None or window.is_open(on),
        "window_has_ended": window is not None and window.has_ended(on),
        "to_renew": to_renew(dossier, on) if is_writable else [],
        "returns": corrections_in(dossier).returns,
        "panels": [each for each in shown if not (is_writable and each.status)],
        "evidence": evidence_rows(dossier, on),
        "lodgings": dossier.lodgings.all(),
        "report": getattr(dossier, "commune_report", None),
        "timeline": timeline_of(enrolment),
        "may_commit": may_commit(user, enrolment, on=on),
        "may_receive": may_receive(user, dossier, on=on) if state in INTAKE else None,
        "may_report": may_report(user, dossier, on=on)
        if state is DossierState.AT_COMMUNE
        else None,
        "today": on,
    }
    return render(request, "cycle/dossier_detail.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def dossier_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts of the dossier; what somebody else saved meanwhile is not overwritten."""
    user, at = signed_in(request), timezone.now()
    dossier = seen_dossier(user, pk)
    require(may_write(user, dossier.enrolment, on=legal_day(at)))
    mending = mending_of(dossier, legal_day(at))
    asked_for = [text for text in texts_of(dossier) if mending.is_open(text.name)]
    form = text_form(dossier, asked_for, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            dossiers.save(
                dossier,
                version=form.seen_version,
                seen=form.seen_marks,
                by=user,
                at=at,
                **form.values(),
            )
        except RuleBroken as refusal:
            dossier.refresh_from_db()
            add_paper_refusal(form, refusal, version=dossier.version, stored=dossier.texts)
        else:
            messages.success(request, _("Đã lưu nội dung hồ sơ."))
            return redirect(dossier)
    return render(
        request,
        "cycle/dossier_text.html",
        {
            "form": form,
            "dossier": dossier,
            "enrolment": dossier.enrolment,
            "rows": [(field, mending.asked.of(field.name)) for field in form.visible_fields()],
            "returns": mending.asked.returns,
            "shut_texts": [
                (text.title, dossier.texts[text.name])
                for text in texts_of(dossier)
                if not mending.is_open(text.name)
            ],
        },
    )


@login_required
@require_http_methods(GET_OR_POST)
def dossier_check(request: HttpRequest, pk: int) -> HttpResponse:
    """All answers on one page; with the oath they are handed in."""
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    dossier = seen_dossier(user, pk)
    require(may_write(user, dossier.enrolment, on=on))
    fact = told.ask(told.SELF_ASSESSMENT, dossier)
    is_representative = may_commit(user, dossier.enrolment, on=on)
    form = (LodgeForm if is_representative else ConfirmedLodgeForm)(
        request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            if not is_representative:
                confirmations.enter(dossier, code=form.cleaned_data["code"], by=user, at=at)
            lodged = told.lodge(dossier, fact, by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("cycle:dossier-receipt", lodged.pk)
    context = {
        "form": form,
        "dossier": dossier,
        "enrolment": dossier.enrolment,
        "texts": [(text.title, dossier.texts[text.name]) for text in texts_of(dossier)],
        "evidence": evidence_rows(dossier, on),
        "obstacles": obstacles(dossier, fact, on),
        "mending": mending_rows(dossier, at=at),
        "returns": corrections_in(dossier).returns,
        "assessment": fact.summary,
        "is_representative": is_representative,
        "representatives": representatives_of(dossier.enrolment, on),
        "asked": newest_confirmation(dossier),
    }
    return render(request, "cycle/dossier_check.html", context)


@login_required
@require_POST
def dossier_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends the representatives a code, so that somebody else of the subject may lodge."""
    user, at = signed_in(request), timezone.now()
    dossier = seen_dossier(user, pk)
    require(may_write(user, dossier.enrolment, on=legal_day(at)))
    fact = told.ask(told.SELF_ASSESSMENT, dossier)
    try:
        confirmations.ask(
            dossier, rubric_hash=fact.rubric_hash, assessment=fact.summary, by=user, at=at
        )
    except RuleBroken as refusal:
        messages.error(request, refusal_text(refusal))
    else:
        messages.success(request, _("Đã gửi mã cho người đại diện qua thư điện tử."))
    return redirect("cycle:dossier-check", dossier.pk)


@login_required
@require_safe
def dossier_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of the last lodging: code, moment, who has it, until when."""
    dossier = seen_dossier(signed_in(request), pk)
    lodging = dossier.lodgings.select_related("confirmed_by").order_by("-number").first()
    if lodging is None:
        return redirect(dossier)
    context = {"dossier": dossier, "enrolment": dossier.enrolment, "lodging": lodging}
    return render(request, "cycle/dossier_receipt.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def dossier_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The subject takes the dossier back, with a reason."""
    user, at = signed_in(request), timezone.now()
    dossier = seen_dossier(user, pk)
    require(may_commit(user, dossier.enrolment, on=legal_day(at)))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            dossiers.withdraw(dossier, reason=form.cleaned_data["reason"], by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã rút hồ sơ."))
            return redirect(dossier.enrolment)
    return render(
        request,
        "cycle/dossier_withdraw.html",
        {"form": form, "dossier": dossier, "enrolment": dossier.enrolment},
    )
