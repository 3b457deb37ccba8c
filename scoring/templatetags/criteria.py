"""How a criterion of the rubric is laid out on a page."""

from collections.abc import Mapping
from typing import Any

from django import template

from scoring.domain.rubric import Criterion, Option

register = template.Library()


@register.filter
def anchor(code: str) -> str:
    """The place of a criterion on its page, the same as on a score sheet."""
    return f"tc-{code.replace('.', '-')}"


@register.filter
def by_case(criterion: Criterion) -> list[tuple[str, list[Option]]]:
    """The options under the names of the printed cases; without cases under no name."""
    grouped: dict[int | None, list[Option]] = {}
    for option in criterion.options:
        grouped.setdefault(option.case, []).append(option)
    return [
        (criterion.cases[case - 1] if case else "", options) for case, options in grouped.items()
    ]


@register.filter
def has_zero(criterion: Criterion) -> bool:
    """Whether one of the printed options gives nothing."""
    return any(option.points == 0 for option in criterion.options)


@register.filter
def of(found: Mapping[str, str], code: str) -> str:
    """What a mapping says under a code; nothing where it is silent."""
    return found.get(code, "")


@register.filter
def remarked(section: Any, remarks: Mapping[str, str]) -> bool:
    """Whether a remark was made on a criterion of the section."""
    return any(criterion.code in remarks for criterion in section.criteria)
