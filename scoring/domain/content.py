"""An edition's content: a rubric as plain JSON values, with the two hashes that name it.

The content hash covers every word, so a rating can say exactly by what it was judged; the
structure hash covers codes, points, gates, cases and notes without any wording, so two editions
that differ in words alone can be told from editions that score differently.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from scoring.domain.rubric import (
    Criterion,
    Effect,
    Exclusion,
    Option,
    Part,
    Rubric,
    Rule,
    Section,
)

Content = dict[str, Any]

_WORDING = frozenset({"name", "label", "when", "text", "requirement", "note", "clause", "decree"})


def content_of(rubric: Rubric) -> Content:
    """The rubric as JSON values; `rubric_from_content` reads it back as an equal rubric."""
    return {
        "regime": rubric.regime,
        "number": rubric.number,
        "name": rubric.name,
        "decree": rubric.decree,
        "clause": rubric.clause,
        "note": rubric.note,
        "exclusions": [{"id": each.id, "text": each.text} for each in rubric.exclusions],
        "parts": [
            {
                "code": part.code,
                "name": part.name,
                "max": part.max,
                "sections": [_section_content(section) for section in part.sections],
            }
            for part in rubric.parts
        ],
    }


def rubric_from_content(content: Mapping[str, Any]) -> Rubric:
    return Rubric(
        regime=content["regime"],
        number=content["number"],
        name=content["name"],
        decree=content["decree"],
        clause=content["clause"],
        note=content["note"],
        exclusions=tuple(Exclusion(**row) for row in content["exclusions"]),
        parts=tuple(
            Part(
                code=part["code"],
                name=part["name"],
                max=part["max"],
                sections=tuple(_section_from(section) for section in part["sections"]),
            )
            for part in content["parts"]
        ),
    )


def content_hash(rubric: Rubric) -> str:
    """Names every word and figure of the rubric."""
    return _hash(content_of(rubric))


def structure_hash(rubric: Rubric) -> str:
    """Names what scores: the same for two wordings of one table."""
    return _hash(_without_wording(content_of(rubric)))


def _section_content(section: Section) -> Content:
    return {
        "code": section.code,
        "name": section.name,
        "max": section.max,
        "criteria": [_criterion_content(criterion) for criterion in section.criteria],
    }


def _criterion_content(criterion: Criterion) -> Content:
    return {
        "code": criterion.code,
        "name": criterion.name,
        "max": criterion.max,
        "clause": criterion.clause,
        "cases": list(criterion.cases),
        "requirement": criterion.requirement,
        "note": criterion.note,
        "rules": [
            {
                "id": rule.id,
                "when": rule.when,
                "effect": rule.effect.value,
                "if_zero": list(rule.if_zero),
            }
            for rule in criterion.rules
        ],
        "options": [
            {
                "id": option.id,
                "points": option.points,
                "label": option.label,
                "case": option.case,
                "min_for_star": option.min_for_star,
                "unverified": option.unverified,
            }
            for option in criterion.options
        ],
    }


def _section_from(row: Mapping[str, Any]) -> Section:
    return Section(
        code=row["code"],
        name=row["name"],
        max=row["max"],
        criteria=tuple(_criterion_from(criterion) for criterion in row["criteria"]),
    )


def _criterion_from(row: Mapping[str, Any]) -> Criterion:
    return Criterion(
        code=row["code"],
        name=row["name"],
        max=row["max"],
        clause=row["clause"],
        cases=tuple(row["cases"]),
        requirement=row["requirement"],
        note=row["note"],
        rules=tuple(
            Rule(rule["id"], rule["when"], Effect(rule["effect"]), tuple(rule["if_zero"]))
            for rule in row["rules"]
        ),
        options=tuple(Option(**option) for option in row["options"]),
    )


def _without_wording(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: (len(each) if key == "cases" else _without_wording(each))
            for key, each in value.items()
            if key not in _WORDING
        }
    if isinstance(value, list):
        return [_without_wording(each) for each in value]
    return value


def _hash(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
