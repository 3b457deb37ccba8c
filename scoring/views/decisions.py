"""Pages of the decisions: drafting, previewing, signing, the stored document."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import bell
from ocop_portal.journal.selectors import history_of
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.selectors import units
from scoring import permissions
from scoring.filters import DecisionFilter
from scoring.forms import DecisionForm, SignForm, add_refusal
from scoring.models import Decision
from scoring.selectors.decisions import items_of, visible_decisions
from scoring.selectors.ratings import awaiting_decision
from scoring.services import decisions
from scoring.views.councils import appointing_units

MAKE_DOCUMENTS = "scoring.tasks.make_documents"


@login_required
@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """Decisions of the reader's area, and the units for which results wait."""
    user, on = signed_in(request), legal_day(timezone.now())
    waiting = [
        (unit, awaiting_decision(unit, Level(unit.level)).count())
        for unit in appointing_units(user, on)[:20]
    ]
    return list_page(
        request,
        visible_decisions(user, on),
        DecisionFilter,
        "scoring/decision_list.html",
        waiting=[(unit, count) for unit, count in waiting if count],
    )


@login_required
@require_safe
def decision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the decision names, what signing it will do, and the document once it is there."""
    user, on = signed_in(request), legal_day(timezone.now())
    decision = get_object_or_404(visible_decisions(user, on), pk=pk)
    is_draft = decision.state == "draft"
    may_sign = permissions.may_sign(user, decision, on=on)
    context = {
        "decision": decision,
        "items": items_of(decision),
        "certificates": decision.certificates.order_by("id"),
        "is_draft": is_draft,
        "may_change": permissions.may_change_draft(user, decision, on=on),
        "may_sign": may_sign,
        "form": sign_form(decision, request) if is_draft and may_sign else None,
        "history": history_of(decision),
    }
    return render(request, "scoring/decision_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def decision_create(request: HttpRequest, unit_pk: int) -> HttpResponse:
    """A draft for the results of a unit that wait for a decision."""
    user, at = signed_in(request), timezone.now()
    unit = get_object_or_404(units(), pk=unit_pk)
    level = Level(unit.level)
    require(permissions.may_draft(user, level, unit, on=legal_day(at)))
    waiting = awaiting_decision(unit, level)
    form = DecisionForm(
        request.POST or None,
        waiting=waiting,
        initial={"decided_on": legal_day(at), "title": _("Công nhận sản phẩm OCOP")},
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            decision = decisions.draft(
                level=level,
                unit=unit,
                ratings=list(chosen["ratings"]),
                title=chosen["title"],
                number=chosen["number"],
                decided_on=chosen["decided_on"],
                by=user,
                at=at,
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã lập dự thảo và báo cho người ký."))
            return redirect(decision)
    context = {"form": form, "unit": unit, "has_waiting": waiting.exists()}
    return render(request, "scoring/decision_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def decision_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, date and title of a draft."""
    user, at = signed_in(request), timezone.now()
    decision = get_object_or_404(visible_decisions(user, legal_day(at)), pk=pk)
    require(permissions.may_change_draft(user, decision, on=legal_day(at)))
    initial = {
        "title": decision.title,
        "number": decision.number,
        "decided_on": decision.decided_on,
        "version": decision.version,
    }
    form = DecisionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            decisions.revise(decision, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã lưu dự thảo."))
            return redirect(decision)
    context = {"form": form, "decision": decision, "unit": decision.unit, "has_waiting": True}
    return render(request, "scoring/decision_form.html", context)


@login_required
@require_POST
def decision_discard(request: HttpRequest, pk: int) -> HttpResponse:
    user, at = signed_in(request), timezone.now()
    decision = get_object_or_404(visible_decisions(user, legal_day(at)), pk=pk)
    decisions.discard(decision, by=user, at=at)
    messages.success(request, _("Đã bỏ dự thảo; các kết quả chờ quyết định khác."))
    return redirect("scoring:decision-list")


@login_required
@require_POST
def decision_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The signature, with the password asked once more; documents are made after the commit."""
    user, at = signed_in(request), timezone.now()
    decision = get_object_or_404(visible_decisions(user, legal_day(at)), pk=pk)
    require(permissions.may_sign(user, decision, on=legal_day(at)))
    form = SignForm(request.POST, signer=user)
    if form.is_valid():
        try:
            decisions.sign(
                decision,
                signer_title=form.cleaned_data["signer_title"],
                version=form.cleaned_data["version"],
                by=user,
                at=at,
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            transaction.on_commit(partial(bell.ring, MAKE_DOCUMENTS, decision.pk), robust=True)
            messages.success(request, _("Đã ký. Giấy chứng nhận đã được cấp."))
            return redirect(decision)
    return render(request, "scoring/decision_sign.html", {"decision": decision, "form": form})


@login_required
@require_safe
def decision_pdf(request: HttpRequest, pk: int) -> FileResponse:
    """The stored document, to whoever sees the decision."""
    user, on = signed_in(request), legal_day(timezone.now())
    decision = get_object_or_404(visible_decisions(user, on), pk=pk)
    if not decision.pdf:
        raise Http404(_("Văn bản đang được tạo; hãy thử lại sau ít phút."))
    name = f"quyet-dinh-{decision.pk}.pdf"
    return FileResponse(decision.pdf.open("rb"), filename=name, content_type="application/pdf")


def sign_form(decision: Decision, request: HttpRequest) -> SignForm:
    """Pinned to the version that is being looked at."""
    return SignForm(signer=signed_in(request), initial={"version": decision.version})
