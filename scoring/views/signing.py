"""What the authority does with a presented draft: sign it, or hand it back with a reason."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import bell
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from scoring import permissions
from scoring.domain.measures import is_measure
from scoring.forms import HandBackForm, SignForm, add_refusal
from scoring.models import Decision
from scoring.selectors.decisions import visible_decisions
from scoring.selectors.effects import effects_of
from scoring.selectors.measures import measure_effects
from scoring.services import decisions

MAKE_DOCUMENTS = "scoring.tasks.make_documents"


@login_required
@require_POST
def decision_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The signature, with the password asked once more; documents are made after the commit."""
    user, at = signed_in(request), timezone.now()
    decision = get_object_or_404(visible_decisions(user, legal_day(at)), pk=pk)
    require(permissions.may_sign(user, decision, on=legal_day(at)))
    form = SignForm(request.POST, signer=user)
    if form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("signer_title", "version", "seen")}
        try:
            decisions.sign(decision, by=user, at=at, **chosen)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            transaction.on_commit(partial(bell.ring, MAKE_DOCUMENTS, decision.pk), robust=True)
            messages.success(request, signed_words(decision))
            return redirect(decision)
    context = {
        "decision": decision,
        "form": form,
        "effects": effects_of(decision),
        "measures": measure_effects(decision),
        "today": legal_day(at),
    }
    return render(request, "scoring/decision_sign.html", context)


def signed_words(decision: Decision) -> str:
    """What the signature did."""
    if is_measure(decision.does):
        return _("Đã ký. Trạng thái giấy chứng nhận đã đổi và được công khai.")
    return _("Đã ký. Giấy chứng nhận đã được cấp.")


@login_required
@require_POST
def decision_hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft goes back to the office, which is told why."""
    user, at = signed_in(request), timezone.now()
    decision = get_object_or_404(visible_decisions(user, legal_day(at)), pk=pk)
    require(permissions.may_sign(user, decision, on=legal_day(at)))
    form = HandBackForm(request.POST, prefix="back")
    if form.is_valid():
        decisions.hand_back(decision, by=user, at=at, **form.cleaned_data)
        messages.success(request, _("Đã trả dự thảo và báo cho cơ quan soạn thảo."))
    else:
        messages.error(request, _("Hãy ghi rõ lý do trả lại dự thảo."))
    return redirect(decision)
