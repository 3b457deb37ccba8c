"""The eligibility check: a few questions for everybody, nothing kept."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ocop_portal.refusals import refusal_text
from registry.domain import entry_check
from registry.domain.eligibility import SubjectKind
from registry.domain.regime import Level
from registry.forms import is_looking
from registry.forms.eligibility import QUESTIONS, STEP, Question, answers_of, plain
from registry.selectors import regime


@require_safe
def eligibility(request: HttpRequest) -> HttpResponse:
    """The first question that is not answered yet, or the answer to all of them."""
    said: dict[str, Any] = {}
    asked: list[Question] = []
    for question in QUESTIONS:
        if not question.concerns(said):
            continue
        form = _bound(question, request, said)
        if is_looking(request.GET) and "commune" in form.fields:
            form = question(initial=request.GET.dict(), answered=said, query=_looked_for(request))
        if not form.is_bound or not form.is_valid():
            return _ask(request, form, asked)
        asked.append(form)
        said.update(form.cleaned_data)
    return _answer(request, said, asked)


def _bound(question: type[Question], request: HttpRequest, said: dict[str, Any]) -> Question:
    was_sent = request.GET.get(STEP) == question.name
    was_sent |= any(field in request.GET for field in question.base_fields)
    data = request.GET if was_sent else None
    return question(data, answered=said, query=_looked_for(request))


def _looked_for(request: HttpRequest) -> str:
    return request.GET.get("commune_q", "")[:100]


def _ask(request: HttpRequest, form: Question, asked: list[Question]) -> HttpResponse:
    context = {
        "form": form,
        "step_field": STEP,
        "kept": _kept(asked),
        "number": len(asked) + 1,
        "back": _address(_kept(asked[:-1])) if asked else "",
    }
    return render(request, "registry/eligibility_question.html", context)


def _answer(request: HttpRequest, said: dict[str, Any], asked: list[Question]) -> HttpResponse:
    law = regime(said["regime"])
    gaps = entry_check.gaps(answers_of(said), law)
    context = {
        "gaps": [(refusal_text(gap), gap.facts["clause"]) for gap in gaps],
        "clause": law.subject_clause,
        "rows": [row for form in asked for row in _rows(form)],
        "commune": said["commune"],
        "idea_level": Level(law.idea_level).label,
        "again": _address(_kept(asked[:1])),
        "register_url": "" if gaps else _way_in(request, said),
    }
    return render(request, "registry/eligibility_result.html", context)


def _way_in(request: HttpRequest, said: dict[str, Any]) -> str:
    """To the subject's form with what was answered; by way of an account for who has none."""
    known = urlencode({"kind": SubjectKind(said["form"]).value, "commune": said["commune"].pk})
    target = f"{reverse('registry:subject-create')}?{known}"
    if request.user.is_authenticated:
        return target
    return f"{reverse('accounts:sign-up')}?{urlencode({'next': target})}"


def _kept(asked: list[Question]) -> list[tuple[str, str]]:
    return [(name, plain(form.cleaned_data[name])) for form in asked for name in form.fields]


def _rows(form: Question) -> list[tuple[str, str]]:
    return [(str(bound.label), _shown(bound.field, form, bound.name)) for bound in form]


def _shown(field: Any, form: Question, name: str) -> str:
    value = form.cleaned_data[name]
    choices = dict(getattr(field, "choices", ())) if not hasattr(value, "long_name") else {}
    return str(choices[value]) if choices else str(value.long_name)


def _address(kept: list[tuple[str, str]]) -> str:
    return f"{reverse('registry:eligibility')}?{urlencode(kept)}"
