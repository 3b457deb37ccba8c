"""The self-assessment as the official report (QĐ 26/2026, Phụ lục III, Mẫu 02)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cycle.domain.dossier import DossierState
from cycle.models import Dossier
from cycle.services import forms, official_forms
from registry.selectors import regime
from scoring.domain.evaluation import evaluate
from scoring.domain.rubric import Criterion, Rubric
from scoring.selectors.rubrics import edition_of_hash, rubric_of
from scoring.selectors.self_assessments import assessed


def report(dossier: Dossier, *, at: datetime) -> bytes:
    """Parts I to IV; part III criterion by criterion with the evidence in the same order.

    A lodged dossier prints the choices that were handed in, on the rubric of that lodging.
    """
    content = official_forms.content_of(dossier, at=at)
    rubric, choices = _assessment(dossier, content)
    return forms.compiled(
        {
            **official_forms.report_head(dossier, at=at),
            "blocks": [
                *official_forms.general_part(content),
                *official_forms.results_part(content),
                *_scores(rubric, choices, content),
                *official_forms.outlook_part(content),
            ],
        }
    )


def _assessment(
    dossier: Dossier, content: Mapping[str, Any]
) -> tuple[Rubric, Mapping[str, str | None]]:
    frozen = content["self_assessment"]
    if "edition" in frozen and not DossierState(dossier.state).is_open:
        return rubric_of(edition_of_hash(frozen["edition"])), frozen["choices"]
    found = assessed(dossier)
    return found.rubric, found.choices


def _scores(
    rubric: Rubric, choices: Mapping[str, str | None], content: Mapping[str, Any]
) -> list[dict[str, Any]]:
    evaluation = evaluate(rubric, choices, bands=regime(rubric.regime).bands)
    blocks = [forms.heading("PHẦN III. TỰ ĐÁNH GIÁ THEO BỘ TIÊU CHÍ")]
    for part in rubric.parts:
        points = evaluation.parts.get(part.code, 0)
        rows = [_row(criterion, choices, content) for criterion in part.criteria]
        blocks += [
            forms.heading(f"Phần {part.code}. {part.name}: {points}/{part.max} điểm"),
            forms.table(
                ("Mã", "Tiêu chí", "Mức tự chọn", "Điểm", "Minh chứng"), (0, 3, 4, 0, 3), rows
            ),
        ]
    stars = f", hạng sao dự kiến: {evaluation.stars} sao" if evaluation.stars else ""
    return [*blocks, forms.text("", f"Tổng điểm: {evaluation.total}/{rubric.maximum}{stars}.")]


def _row(
    criterion: Criterion, choices: Mapping[str, str | None], content: Mapping[str, Any]
) -> tuple[Any, ...]:
    chosen = choices.get(criterion.code)
    option = criterion.option(chosen) if chosen else None
    level = option.label if option else ("Không đạt mức nào" if criterion.code in choices else "")
    points = option.points if option else (0 if criterion.code in choices else "")
    papers = [
        paper["title"] for paper in content["evidence"] if criterion.code in paper["criteria"]
    ]
    return criterion.code, criterion.name, level, f"{points}/{criterion.max}", "; ".join(papers)
