"""The subject's page to assess its own product on the pinned rubric."""

import json
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycle import facts
from cycle.models import Dossier
from cycle.selectors import visible_dossiers
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.autosave import autosaved, save_each
from ocop_portal.refusals import refusal_text
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.merging import Merged, Seen, mark_of
from registry.selectors import regime
from scoring import permissions
from scoring.domain.answers import answer_of
from scoring.domain.evaluation import evaluate
from scoring.domain.sheet import read_choices
from scoring.forms import chosen_in, sheet_rows
from scoring.forms.choices import PREFIX, Beside
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
    if request.method != "POST" and request.GET.get("phan") == "ket-qua":
        context = _result(found, dossier, found.choices)
        return render(request, "scoring/_assessment_result.html", context)
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


@login_required
@require_POST
@autosaved
def self_assessment_fields(request: HttpRequest, pk: int) -> HttpResponse:
    """Where single answers save themselves; the fields are called as in the form."""
    user, at = signed_in(request), timezone.now()
    dossier = get_object_or_404(visible_dossiers(user, legal_day(at)), pk=pk)
    require(permissions.may_save_self_assessment(user, dossier, on=legal_day(at)))
    fields = {
        f"{PREFIX}{code}": forms.CharField(required=False, max_length=200)
        for code in assessed(dossier).rubric.by_code
    }
    return save_each(request, fields, partial(_save_answers, dossier, user, at), at=at)


def _save_answers(
    dossier: Dossier, user: User, at: datetime, values: dict[str, Any], seen: dict[str, Seen]
) -> Merged:
    answers = {name.removeprefix(PREFIX): value for name, value in values.items()}
    known = {name.removeprefix(PREFIX): marks for name, marks in seen.items()}
    try:
        merged = self_assessments.save_answers(dossier, answers, seen=known, by=user, at=at)
    except RuleBroken as refusal:
        field = f"{PREFIX}{refusal.field}" if refusal.field else ""
        raise RuleBroken(refusal.code, refusal.message, field=field, **refusal.facts) from refusal
    return Merged(
        written=tuple(f"{PREFIX}{code}" for code in merged.written),
        conflicts={f"{PREFIX}{code}": answer for code, answer in merged.conflicts.items()},
    )


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
    result = _result(found, dossier, choices)
    links = result["links"]
    beside = Beside(evidence_by_criterion(links), {}, ())
    context = {
        "dossier": dossier,
        "edition": found.edition,
        "parts": sheet_rows(found.rubric, choices, result["evaluation"].parts, beside),
        "marks_read": request.POST.get("seen", ""),
        "marks": json.dumps(
            {
                f"{PREFIX}{code}": mark_of(answer_of(found.choices, code))
                for code in found.rubric.by_code
            }
        ),
        "answered": len(choices),
        "asked": len(found.rubric.by_code),
        "may_save": may_save,
        "version": found.version,
        "refusal": refusal_text(refusal) if refusal else "",
        "is_stale": isinstance(refusal, Stale),
        **result,
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


def _result(found: Assessed, dossier: Dossier, choices: dict[str, str | None]) -> dict[str, Any]:
    """What the answers come to: points, the expected star, shut gates, what is unanswered, and
    what is chosen without a paper that is still good."""
    links = list(dossier.evidence.select_related("evidence").order_by("item", "id"))
    on = facts.judged_on(dossier, links, legal_day(timezone.now()))
    evaluation = evaluate(found.rubric, choices, bands=regime(dossier.regime).bands)
    points = [(part.code, evaluation.parts[part.code], part.max) for part in found.rubric.parts]
    return {
        "rubric": found.rubric,
        "evaluation": evaluation,
        "points_of_parts": points,
        "total": evaluation.total,
        "missing": evaluation.missing,
        "shut_gates": [gate for gate in evaluation.gates if not gate.met],
        "links": links,
        "flags": flags_of(dossier, found.rubric, choices, links=links, on=on),
        "on": on,
    }
