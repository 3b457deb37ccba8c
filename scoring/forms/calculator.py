"""The public calculator's form: options and grounds in the address, so a sheet can be shared."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from registry.domain.errors import RuleBroken
from scoring.domain.exclusions import read_findings
from scoring.domain.rubric import Rubric
from scoring.domain.sheet import read_choices
from scoring.forms.choices import chosen_in

GROUND = "f"


@dataclass(frozen=True)
class GroundRow:
    """A ground that people may find, as a check box; `criterion` is empty for the whole set."""

    value: str
    text: str
    criterion: str
    checked: bool


@dataclass(frozen=True)
class Asked:
    """What an address asks about; what it names beyond the rubric is left out and counted."""

    choices: Mapping[str, str | None]
    findings: frozenset[str]
    foreign: int


def asked_in(rubric: Rubric, query: QueryDict) -> Asked:
    """The choices and grounds of an address; an old link to another edition loses what is gone."""
    sent = chosen_in({name: str(value) for name, value in query.items()})
    known: dict[str, str | None] = {}
    for code, chosen in sent.items():
        try:
            known |= read_choices(rubric, {code: chosen})
        except RuleBroken:
            continue
    grounds = set(query.getlist(GROUND))
    found = {ground for ground in grounds if _is_known(rubric, ground)}
    foreign = len(sent) - len(known) + len(grounds) - len(found)
    return Asked(read_choices(rubric, known), frozenset(found), foreign)


def ground_rows(rubric: Rubric, findings: frozenset[str]) -> list[GroundRow]:
    """Every ground of the set in its order: those of the whole set, then those under criteria."""
    whole = [(each.id, each.text, "") for each in rubric.exclusions]
    single = [(rule.id, rule.when, criterion.code) for criterion, rule in rubric.rules]
    return [GroundRow(value, text, code, value in findings) for value, text, code in whole + single]


def _is_known(rubric: Rubric, ground: str) -> bool:
    try:
        read_findings(rubric, [ground])
    except RuleBroken:
        return False
    return True
