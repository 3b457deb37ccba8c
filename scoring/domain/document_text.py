"""A rubric written as the document that `document` reads: what an administrator edits."""

import json
from collections.abc import Iterable, Iterator

from scoring.domain.rubric import Criterion, Option, Rubric, Rule


def document_text(rubric: Rubric) -> str:
    """TOML in the order of the decree; read back it is an equal rubric."""
    return "\n".join(_lines(rubric)) + "\n"


def _lines(rubric: Rubric) -> Iterator[str]:
    yield from _fields(
        regime=rubric.regime,
        number=rubric.number,
        name=rubric.name,
        decree=rubric.decree,
        clause=rubric.clause,
        note=rubric.note or None,
    )
    for exclusion in rubric.exclusions:
        yield from ("", "[[exclusion]]", *_fields(key=_key(exclusion.id), text=exclusion.text))
    for part in rubric.parts:
        yield from ("", "[[part]]", *_fields(code=part.code, name=part.name, max=part.max))
    for part in rubric.parts:
        for section in part.sections:
            named = _fields(part=part.code, code=section.code, name=section.name, max=section.max)
            yield from ("", "[[section]]", *named)
    for section in rubric.sections():
        for criterion in section.criteria:
            yield from ("", "[[criterion]]", *_criterion(section.code, criterion))


def _criterion(section: str, criterion: Criterion) -> Iterator[str]:
    yield from _fields(
        section=section,
        code=criterion.code,
        name=criterion.name,
        max=criterion.max,
        clause=criterion.clause,
        requirement=criterion.requirement or None,
        note=criterion.note or None,
    )
    yield from _rows("cases", [_value(case) for case in criterion.cases])
    yield from _rows("options", [_inline(_option(option)) for option in criterion.options])
    yield from _rows("rules", [_inline(_rule(rule)) for rule in criterion.rules])


def _option(option: Option) -> Iterator[str]:
    yield from _fields(
        key=_key(option.id), points=option.points, case=option.case, star=option.min_for_star
    )
    yield from _fields(label=option.label, unverified=option.unverified or None)


def _rule(rule: Rule) -> Iterator[str]:
    yield from _fields(key=_key(rule.id), effect=rule.effect.value, when=rule.when)
    if rule.if_zero:
        yield f"if_zero = [{', '.join(_value(code) for code in rule.if_zero)}]"


def _fields(**values: str | int | None) -> Iterator[str]:
    """One line for each; None is left out."""
    for name, value in values.items():
        if value is not None:
            yield f"{name} = {_value(value)}"


def _rows(name: str, rows: list[str]) -> Iterator[str]:
    if rows:
        yield from (f"{name} = [", *(f"  {row}," for row in rows), "]")


def _inline(fields: Iterable[str]) -> str:
    return f"{{ {', '.join(fields)} }}"


def _value(value: str | int) -> str:
    """A JSON string is a TOML string, but for the one sign that only TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(identifier: str) -> str:
    return identifier.rpartition("/")[2]
