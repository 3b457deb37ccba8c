"""Assisted filing: the officer writes, the producer confirms by one press or takes it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cycle.domain.paper_items import PaperKind
from cycle.forms import IdeaForm, add_paper_refusal
from cycle.models import Idea
from cycle.permissions import may_assist, may_write
from cycle.services import assistance, ideas
from cycle.services.history import require_active
from cycle.services.papers import require_open
from cycle.views.printing import seen_paper
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def idea_assist(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer's page: the form of the idea, laid before the producer when it is sent."""
    user, at = signed_in(request), timezone.now()
    row = _idea(request, pk)
    require(may_assist(user, row.enrolment, on=legal_day(at)))
    if request.method != "POST":
        require_active(row.enrolment)
        require_open(row)
        form = IdeaForm.on(row)
    else:
        form = IdeaForm(request.POST)
        if form.is_valid():
            try:
                assistance.prepare(
                    row,
                    version=form.seen_version,
                    seen=form.seen_marks,
                    by=user,
                    at=at,
                    **form.values(),
                )
            except RuleBroken as refusal:
                row.refresh_from_db()
                add_paper_refusal(form, refusal, version=row.version, stored=vars(row))
            else:
                messages.success(request, _("Đã gửi chủ thể xác nhận; chủ thể được báo."))
                return redirect(row)
    context = {"form": form, "paper": row, "enrolment": row.enrolment}
    return render(request, "cycle/idea_assist.html", context)


@login_required
@require_POST
def idea_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The producer's one press: what was written for it is handed in."""
    row = _idea(request, pk)
    ideas.submit(row, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã gửi ý tưởng để thẩm định."))
    return redirect(row.enrolment)


@login_required
@require_POST
def idea_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The producer takes it back and goes on writing."""
    user, at = signed_in(request), timezone.now()
    row = _idea(request, pk)
    require(may_write(user, row.enrolment, on=legal_day(at)))
    assistance.reopen(row, by=user, at=at)
    return redirect(row)


def _idea(request: HttpRequest, pk: int) -> Idea:
    paper = seen_paper(request, pk, PaperKind.IDEA)
    assert isinstance(paper, Idea)  # noqa: S101 - the kind says so
    return paper
