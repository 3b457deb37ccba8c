"""An idea or a plan as PDF, for everybody who may see its page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from cycle.domain.paper_items import PaperKind
from cycle.models import BusinessPlan, Enrolment, Idea
from cycle.selectors import visible_enrolments
from cycle.services import printing
from ocop_portal.accounts.people import signed_in
from registry.domain.clock import legal_day
from registry.domain.text import slug

FILE_NAMES = {PaperKind.IDEA: "y-tuong", PaperKind.PLAN: "phuong-an"}


@login_required
@require_safe
def idea_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(seen_paper(request, pk, PaperKind.IDEA), PaperKind.IDEA)


@login_required
@require_safe
def plan_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(seen_paper(request, pk, PaperKind.PLAN), PaperKind.PLAN)


def seen_paper(request: HttpRequest, pk: int, kind: PaperKind) -> Idea | BusinessPlan:
    """The paper of an enrolment that the reader may see, else 404."""
    rows = visible_enrolments(signed_in(request), legal_day(timezone.now()))
    row: Enrolment = get_object_or_404(rows.filter(**{f"{kind}__isnull": False}), pk=pk)
    return row.idea if kind is PaperKind.IDEA else row.plan


def file_name(paper: Idea | BusinessPlan, kind: PaperKind, ending: str) -> str:
    """A name without marks, so that every phone can open it."""
    return f"{FILE_NAMES[kind]}-{slug(paper.enrolment.product.name) or paper.pk}.{ending}"


def _answer(paper: Idea | BusinessPlan, kind: PaperKind) -> HttpResponse:
    content = printing.pdf_of(paper, at=timezone.now())
    name = file_name(paper, kind, "pdf")
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
