"""The criteria for everybody: the list, one set, its blank sheet, a calculator without account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from registry.selectors import regime as regime_of
from scoring.domain.evaluation import evaluate
from scoring.forms.calculator import asked_in, ground_rows
from scoring.forms.choices import Beside, sheet_rows
from scoring.models import RubricEdition
from scoring.selectors.criteria import gate_table, shelves
from scoring.selectors.plans import guide
from scoring.selectors.rubrics import current_edition, faults_of, rubric_of
from scoring.services.blank_sheets import blank_sheet


@require_safe
def criteria_list(request: HttpRequest) -> HttpResponse:
    """Every set of every regime; drafts say why they are drafts."""
    return render(request, "scoring/criteria_list.html", {"shelves": shelves()})


@require_safe
def criteria_detail(request: HttpRequest, regime: str, number: int) -> HttpResponse:
    """One set in full, to be read and printed."""
    edition = _edition(regime, number)
    rubric = rubric_of(edition)
    context = {
        "edition": edition,
        "rubric": rubric,
        "law": regime_of(regime),
        "faults": faults_of(rubric),
        "gates": gate_table(rubric),
        "unverified": any(option.unverified for each in rubric.criteria for option in each.options),
    }
    return render(request, "scoring/criteria_detail.html", context)


@require_safe
def criteria_calculator(request: HttpRequest, regime: str, number: int) -> HttpResponse:
    """Options in, points, star and the way to the next star out; nothing is kept."""
    edition = _published(regime, number)
    rubric, law = rubric_of(edition), regime_of(regime)
    asked = asked_in(rubric, request.GET)
    evaluation = evaluate(rubric, asked.choices, asked.findings, bands=law.bands)
    context = {
        "edition": edition,
        "rubric": rubric,
        "law": law,
        "evaluation": evaluation,
        "shut_gates": [gate for gate in evaluation.gates if not gate.met],
        "parts": sheet_rows(rubric, asked.choices, evaluation.parts, Beside({}, {}, ())),
        "total": evaluation.total,
        "answered": len(asked.choices),
        "asked": len(rubric.criteria),
        "grounds": ground_rows(rubric, asked.findings),
        "foreign": asked.foreign,
        "is_asked": bool(asked.choices or asked.findings),
        "guide": guide(rubric, asked.choices, asked.findings) if asked.choices else None,
    }
    return render(request, "scoring/criteria_calculator.html", context)


@require_safe
def criteria_sheet(_request: HttpRequest, regime: str, number: int) -> HttpResponse:
    """The official blank score sheet; a draft has none."""
    edition = _published(regime, number)
    answer = HttpResponse(blank_sheet(edition), content_type="application/pdf")
    name = f"phieu-cham-{edition.regime}-{edition.set_number:02d}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _edition(regime: str, number: int) -> RubricEdition:
    edition = current_edition(regime, number)
    if edition is None or not (edition.is_published or edition.content):
        raise Http404
    return edition


def _published(regime: str, number: int) -> RubricEdition:
    edition = _edition(regime, number)
    if not edition.is_published:
        raise Http404
    return edition
