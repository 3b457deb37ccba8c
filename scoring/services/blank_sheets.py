"""The official blank score sheet of an edition as PDF; the same content gives the same bytes."""

import json
from typing import Any

import typst
from django.core.cache import cache

from scoring.domain.rubric import Criterion, Effect, Rubric
from scoring.models import RubricEdition
from scoring.selectors.rubrics import rubric_of
from scoring.services.typesetting import ARCHIVE_FORM, SOURCES

_KEPT_SECONDS = 30 * 24 * 3600
_LAYOUT = 2  # of the form; a new one must not be answered by an old copy


def blank_sheet(edition: RubricEdition) -> bytes:
    """Made once for every content and layout, then kept."""
    key = f"blank-sheet:{_LAYOUT}:{edition.content_hash}"
    made = cache.get(key)
    if not isinstance(made, bytes):
        made = _made(rubric_of(edition), edition)
        cache.set(key, made, _KEPT_SECONDS)
    return made


def _made(rubric: Rubric, edition: RubricEdition) -> bytes:
    return typeset(form_data(rubric, edition))


def typeset(data: dict[str, Any]) -> bytes:
    """The form as PDF, blank or with what stands under `filled`."""
    made = typst.compile(
        (SOURCES / "score_sheet.typ").read_bytes(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=ARCHIVE_FORM,
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def form_data(rubric: Rubric, edition: RubricEdition) -> dict[str, Any]:
    """Everything that stands on the form."""
    on = edition.published_at or edition.created_at
    return {
        "title": f"Phiếu đánh giá sản phẩm OCOP: {rubric.name}",
        "name": rubric.name,
        "number": rubric.number,
        "decree": rubric.decree,
        "clause": rubric.clause,
        "note": rubric.note,
        "edition": edition.content_hash[:12],
        "date": [on.year, on.month, on.day],
        "maximum": rubric.maximum,
        "exclusions": [each.text for each in rubric.exclusions],
        "parts": [
            {
                "code": part.code,
                "name": part.name,
                "max": part.max,
                "sections": [
                    {
                        "code": section.code,
                        "name": section.name,
                        "max": section.max,
                        "criteria": [_criterion(each) for each in section.criteria],
                    }
                    for section in part.sections
                ],
            }
            for part in rubric.parts
        ],
        "gates": [
            {
                "star": star,
                "criteria": [
                    {"code": gate.criterion, "points": gate.min_points}
                    for gate in rubric.gates
                    if gate.star == star
                ],
            }
            for star in sorted({gate.star for gate in rubric.gates})
        ],
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "name": criterion.name,
        "max": criterion.max,
        "requirement": criterion.requirement,
        "rules": [{"when": rule.when, "effect": _EFFECTS[rule.effect]} for rule in criterion.rules],
        "options": [
            {
                "label": option.label,
                "points": option.points,
                "case": criterion.cases[option.case - 1] if option.case else "",
                "star": option.min_for_star,
                "unverified": option.unverified,
            }
            for option in criterion.options
        ],
        "has_zero": any(option.points == 0 for option in criterion.options),
    }


_EFFECTS = {
    Effect.EXCLUDED: "loại khỏi đánh giá",
    Effect.STOP: "dừng đánh giá",
    Effect.ZERO: "không tính điểm tiêu chí này",
}
