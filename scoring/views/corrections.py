"""The page on which an office drafts the correction of a signed decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from scoring import permissions
from scoring.forms import CorrectionForm, add_refusal
from scoring.selectors.decisions import correctable_items, register_of, visible_decisions
from scoring.services import drafts


@login_required
@require_http_methods(["GET", "POST"])
def decision_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that names products of a signed decision and points to it."""
    user, at = signed_in(request), timezone.now()
    decision = get_object_or_404(visible_decisions(user, legal_day(at)), pk=pk)
    require(permissions.may_change_draft(user, decision, on=legal_day(at)))
    items, today = correctable_items(decision), legal_day(at)
    initial = {
        "title": _("Đính chính Quyết định số %(number)s") % {"number": decision.number},
        "number": register_of(decision.unit, today.year).next_number,
        "decided_on": today,
    }
    form = CorrectionForm(request.POST or None, correctable=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = {**form.cleaned_data, "items": list(form.cleaned_data["items"])}
        try:
            made = drafts.correct(decision, by=user, at=at, **chosen)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã lập dự thảo đính chính."))
            return redirect(made)
    context = {"form": form, "decision": decision, "has_items": items.exists()}
    return render(request, "scoring/decision_correct.html", context)
