"""Self-assessments, and the fact about one that a lodging needs."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cycle.facts import Fact
from cycle.models import Dossier
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.selectors import regime
from scoring.domain.evaluation import Evaluation, evaluate
from scoring.domain.rubric import Rubric
from scoring.models import RubricEdition, SelfAssessment
from scoring.selectors.rubrics import edition_for, rubric_of


@dataclass(frozen=True)
class Assessed:
    """A self-assessment with what it adds up to."""

    edition: RubricEdition
    rubric: Rubric
    choices: dict[str, str | None]
    evaluation: Evaluation
    version: int


def self_assessment_of(dossier: Dossier) -> SelfAssessment | None:
    return SelfAssessment.objects.select_related("edition").filter(dossier=dossier).first()


def edition_to_use(dossier: Dossier, kept: SelfAssessment | None) -> RubricEdition:
    """The edition that the subject answers by.

    It is pinned with the lodging; while the dossier is still being written for the first time,
    a newer published edition takes the place of a retired one. A set without a published rubric
    is refused.
    """
    if kept is not None and (dossier.lodged_at is not None or kept.edition.is_published):
        return kept.edition
    return edition_for(dossier.regime, dossier.product_set.number)


def assessed(dossier: Dossier) -> Assessed:
    """The self-assessment as it stands, also before anything was answered."""
    kept = self_assessment_of(dossier)
    edition = edition_to_use(dossier, kept)
    rubric = rubric_of(edition)
    stored: dict[str, str | None] = dict(kept.choices) if kept else {}
    choices = {
        code: chosen
        for code, chosen in stored.items()
        if code in rubric.by_code and (chosen is None or rubric.by_code[code].option(chosen))
    }
    bands = regime(dossier.regime).bands
    return Assessed(
        edition=edition,
        rubric=rubric,
        choices=choices,
        evaluation=evaluate(rubric, choices, bands=bands),
        version=kept.version if kept else 0,
    )


def fact_of(dossier: Dossier) -> Fact:
    """What the cycle is told at the lodging: complete or not, on which rubric, and why not."""
    try:
        found = assessed(dossier)
    except RuleBroken as refusal:
        return Fact(is_complete=False, reason=refusal.text)
    evaluation = found.evaluation
    reason = "" if evaluation.complete else _unanswered(evaluation)
    return Fact(
        is_complete=evaluation.complete,
        rubric_hash=found.edition.content_hash,
        reason=reason,
        summary=_summary(found),
        url=reverse("scoring:self-assessment", args=[dossier.pk]),
    )


def _unanswered(evaluation: Evaluation) -> str:
    sentence = term("Báo cáo tự đánh giá còn %(count)s tiêu chí chưa trả lời.")
    return sentence % {"count": len(evaluation.missing)}


def _summary(found: Assessed) -> dict[str, Any]:
    evaluation = found.evaluation
    return {
        "edition": found.edition.content_hash,
        "choices": found.choices,
        "parts": dict(evaluation.parts),
        "total": evaluation.total,
        "stars": evaluation.stars,
    }
