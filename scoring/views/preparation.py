"""Pages before the scoring: a member's statement of interests, the assignment of readers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from scoring import permissions
from scoring.forms.preparation import StatementForm, readers_each, readers_in, stated
from scoring.selectors.assignments import assignment_rows
from scoring.selectors.relations import statement_of
from scoring.selectors.sessions import visible_sessions
from scoring.services import assignments, statements


@login_required
@require_http_methods(["GET", "POST"])
def interests(request: HttpRequest) -> HttpResponse:
    """One's own statement; nobody else opens it."""
    user, at = signed_in(request), timezone.now()
    if not permissions.may_state_interests(user, on=legal_day(at)):
        raise Http404
    row = statement_of(user.pk)
    form = StatementForm(request.POST or None, initial=stated(row))
    if request.method == "POST" and form.is_valid():
        statements.state(by=user, at=at, **form.cleaned_data)
        messages.success(request, _("Đã lưu bản kê khai của bạn."))
        return redirect("scoring:interests")
    return render(request, "scoring/interests.html", {"form": form, "row": row})


@login_required
@require_http_methods(["GET", "POST"])
def session_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal with its reasons beside every name, or what was confirmed."""
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    session = get_object_or_404(visible_sessions(user, on), pk=pk)
    require(permissions.may_assign(user, session, on=on))
    each = readers_each(request.GET.get("so-nguoi", ""))
    rows = assignment_rows(session, user, on, each=each, anew="so-nguoi" in request.GET)
    refusal = ""
    if request.method == "POST":
        reasons = {
            (row.item.pk, choice.member.pk): choice.reasons
            for row in rows
            for choice in row.choices
        }
        chosen = readers_in(request.POST, {row.item.pk: row for row in rows})
        try:
            assignments.confirm(session, readers=chosen, reasons=reasons, by=user, at=at)
        except RuleBroken as refused:
            refusal = refusal_text(refused)
        else:
            messages.success(request, _("Đã phân công và báo cho người đọc."))
            return redirect(session)
    context = {"session": session, "rows": rows, "each": each, "refusal": refusal}
    return render(request, "scoring/session_assign.html", context)
