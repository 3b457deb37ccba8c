"""Re-evaluations by written opinions: asking the council, referring what differs to a meeting."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from scoring import permissions
from scoring.forms import ReasonForm, WrittenForm, add_refusal
from scoring.selectors.councils import visible_councils
from scoring.selectors.sessions import re_evaluations_waiting, readable_items
from scoring.services import written_opinions

USUAL_DAYS = 14


@login_required
@require_http_methods(["GET", "POST"])
def opinions_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Every member is asked in writing; the day ends within that of the regime."""
    user, at = signed_in(request), timezone.now()
    council = get_object_or_404(visible_councils(user, legal_day(at)), pk=pk)
    require(permissions.may_call(user, council, on=legal_day(at)))
    waiting = re_evaluations_waiting(council)
    initial = {"due_on": legal_day(at) + timedelta(days=USUAL_DAYS)}
    form = WrittenForm(request.POST or None, waiting=waiting, initial=initial)
    if request.method == "POST" and form.is_valid():
        rows, due_on = list(form.cleaned_data["dossiers"]), form.cleaned_data["due_on"]
        try:
            session = written_opinions.ask(council, dossiers=rows, due_on=due_on, by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã gửi lấy ý kiến và báo cho các thành viên."))
            return redirect(session)
    context = {"form": form, "council": council, "has_waiting": waiting.exists()}
    return render(request, "scoring/opinions_form.html", context)


@login_required
@require_POST
def item_refer(request: HttpRequest, pk: int) -> HttpResponse:
    """Opinions differ, or the matter is complicated: the dossier waits for a meeting."""
    user, at = signed_in(request), timezone.now()
    item = get_object_or_404(readable_items(user, legal_day(at)), pk=pk)
    require(permissions.may_preside(user, item, on=legal_day(at)))
    form = ReasonForm(request.POST, prefix="refer")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    written_opinions.refer(item, reason=reason, by=user, at=at)
    messages.success(request, _("Đã chuyển hồ sơ ra họp; cơ quan được báo để triệu tập."))
    return redirect(item.session)
