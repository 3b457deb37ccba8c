"""The subject's page to assess its own product on the pinned rubric."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cycle.models import Dossier
from cycle.selectors import visible_dossiers
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.selectors import regime
from scoring import permissions
from scoring.domain.evaluation import evaluate
from scoring.domain.sheet import read_choices
from scoring.forms import chosen_in, sheet_rows
from scoring.forms.choices import Beside
from scoring.selectors.evidence_flags import flags_of
from scoring.selectors.plans import guide, papers_by_criterion
from scoring.selectors.self_assessments import Assessed, assessed
from scoring.services import assessment_reports, self_assessments
from scoring.views.sheet_pages import evidence_by_criterion


@login_required
@require_http_methods(["GET", "POST"])
def self_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown to everybody who sees the dossier; written by the subject while it may be."""
    user, at = signed_in(request), timezone.now()
    dossier = get_object_or_404(visible_dossiers(user, legal_day(at)), pk=pk)
    may_save = permissions.may_save_self_assessment(user, dossier, on=legal_day(at))
    found = assessed(dossier)
    if request.method != "POST":
        return _page(request, dossier, found, found.choices, may_save=may_save)
    require(may_save)
    chosen = chosen_in(request.POST.dict())
    version = request.POST.get("version", "")
    try:
        self_assessments.save(
            dossier,
            choices=chosen,
            version=int(version) if version.isdecimal() else None,
            by=user,
            at=at,
        )
    except RuleBroken as refusal:
        known = _known(found, chosen)
        return _page(request, dossier, found, known, may_save=may_save, refusal=refusal)
    messages.success(request, _("Đã lưu báo cáo tự đánh giá."))
    return redirect("scoring:self-assessment", pk=dossier.pk)


def _known(found: Assessed, chosen: dict[str, str | None]) -> dict[str, str | None]:
    known: dict[str, str | None] = {}
    for code, option in chosen.items():
        try:
            known |= read_choices(found.rubric, {code: option})
        except RuleBroken:
            continue
    return known


def _page(
    request: HttpRequest,
    dossier: Dossier,
    found: Assessed,
    choices: dict[str, str | None],
    *,
    may_save: Any,
    refusal: RuleBroken | None = None,
) -> HttpResponse:
    bands = regime(dossier.regime).bands
    evaluation = evaluate(found.rubric, choices, bands=bands)
    links = list(dossier.evidence.select_related("evidence").order_by("item", "id"))
    beside = Beside(evidence_by_criterion(links), {}, ())
    context = {
        "dossier": dossier,
        "rubric": found.rubric,
        "edition": found.edition,
        "evaluation": evaluation,
        "shut_gates": [gate for gate in evaluation.gates if not gate.met],
        "parts": sheet_rows(found.rubric, choices, evaluation.parts, beside),
        "total": evaluation.total,
        "missing": evaluation.missing,
        "answered": len(choices),
        "asked": len(found.rubric.by_code),
        "may_save": may_save,
        "version": found.version,
        "links": links,
        "refusal": refusal_text(refusal) if refusal else "",
        "is_stale": isinstance(refusal, Stale),
        "flags": flags_of(
            dossier, found.rubric, choices, links=links, on=legal_day(timezone.now())
        ),
        "guide": guide(found.rubric, choices, papers=papers_by_criterion(links)),
    }
    return render(
        request, "scoring/self_assessment.html", context, status=409 if context["is_stale"] else 200
    )


@login_required
@require_safe
def self_assessment_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The official report; a set without a rubric has none."""
    user, at = signed_in(request), timezone.now()
    dossier = get_object_or_404(visible_dossiers(user, legal_day(at)), pk=pk)
    content = assessment_reports.report(dossier, at=at)
    headers = {
        "Content-Disposition": f'inline; filename="bao-cao-tu-danh-gia-{dossier.pk}.pdf"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
