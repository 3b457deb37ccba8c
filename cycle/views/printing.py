"""Ideas, plans and the official forms of dossiers as PDF, for everybody who may see them."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from cycle.domain.paper_items import PaperKind
from cycle.models import BusinessPlan, CommuneReport, Enrolment, Idea
from cycle.selectors import items_of, visible_enrolments
from cycle.services import official_forms, printing
from cycle.views.dossiers import seen_dossier
from ocop_portal.accounts.people import signed_in
from registry.domain.clock import legal_day
from registry.domain.text import slug
from registry.selectors import default_regime, regimes

FILE_NAMES = {PaperKind.IDEA: "y-tuong", PaperKind.PLAN: "phuong-an"}


@login_required
@require_safe
def idea_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(seen_paper(request, pk, PaperKind.IDEA), PaperKind.IDEA)


@login_required
@require_safe
def plan_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(seen_paper(request, pk, PaperKind.PLAN), PaperKind.PLAN)


@require_safe
def blank_pdf(request: HttpRequest, kind: str) -> HttpResponse:
    """The model form to download, under the portal's own regime or the one that is named."""
    paper = PaperKind(kind)
    known = {law.code: law for law in regimes()}
    law = known.get(request.GET.get("bo-quy-dinh", ""), default_regime())
    name = f"mau-{FILE_NAMES[paper]}-{law.code}.pdf"
    content = printing.blank_pdf(paper, law=law, at=timezone.now())
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-cache"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


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
    return pdf_answer(content, file_name(paper, kind, "pdf").removesuffix(".pdf"))


@login_required
@require_safe
def registration_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The registration form of a dossier."""
    dossier = seen_dossier(signed_in(request), pk)
    content = official_forms.registration(dossier, at=timezone.now())
    return pdf_answer(content, f"phieu-dang-ky-{slug(dossier.enrolment.product.name)}")


@login_required
@require_safe
def commune_report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The commune's report, once there is one."""
    dossier = seen_dossier(signed_in(request), pk)
    report = get_object_or_404(
        CommuneReport.objects.select_related(
            "dossier__enrolment__product__subject", "dossier__product_set"
        ),
        dossier=dossier,
    )
    content = official_forms.commune_report(report)
    return pdf_answer(content, f"bao-cao-xa-{slug(dossier.enrolment.product.name)}")


@login_required
@require_safe
def evidence_template(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """A paper to be filled in, for an item that the subject draws up itself."""
    dossier = seen_dossier(signed_in(request), pk)
    item = next((each for each in items_of(dossier) if each.code == code), None)
    if item is None or not item.outline:
        raise Http404(code)
    return pdf_answer(official_forms.outline(dossier, item, at=timezone.now()), f"mau-{code}")


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser and is kept by nobody on the way."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
