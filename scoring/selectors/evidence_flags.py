"""Which chosen options lack their papers, for the pages of producer, member and chair."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from cycle.facts import Known
from cycle.models import Dossier, DossierEvidence
from cycle.selectors import checklist_of
from registry.domain.errors import RuleBroken
from scoring.domain.evidence_needs import Flag, Lack, Need, Paper, flags, needs_from
from scoring.domain.rubric import Rubric
from scoring.domain.sheet import Choices
from scoring.selectors.self_assessments import assessed

NEEDS = Path(__file__).parent.parent / "data" / "evidence_needs"


@dataclass(frozen=True)
class FlagRow:
    """One flag in words; `sheets` of `of` sheets chose such an option, where sheets are counted."""

    code: str
    name: str
    item: str
    lack: Lack
    sheets: int = 0
    of: int = 0


@cache
def needs_of(regime: str) -> tuple[Need, ...]:
    """What the options of a regime need; nothing is known of a regime without a file."""
    file = NEEDS / f"{regime}.toml"
    if not regime.isalnum() or not file.is_file():
        return ()
    return needs_from(tomllib.loads(file.read_text(encoding="utf-8")))


def flags_of(
    dossier: Dossier,
    rubric: Rubric,
    choices: Choices,
    *,
    links: Iterable[DossierEvidence],
    on: date,
) -> list[FlagRow]:
    """The flags of one set of choices on a day; free of queries where the links are at hand."""
    found = flags(rubric, choices, needs_of(rubric.regime), _papers(links), on=on)
    return [_row(dossier, flag) for flag in found]


def flags_of_sheets(
    dossier: Dossier,
    rubric: Rubric,
    sheets: Sequence[Choices],
    *,
    links: Iterable[DossierEvidence],
    on: date,
) -> list[FlagRow]:
    """The flags of several sheets, each with how many sheets chose such an option."""
    papers, needs = _papers(links), needs_of(rubric.regime)
    counted: dict[tuple[str, str], tuple[Flag, int]] = {}
    for choices in sheets:
        for flag in flags(rubric, choices, needs, papers, on=on):
            key = (flag.criterion.code, flag.item)
            counted[key] = (flag, counted[key][1] + 1 if key in counted else 1)
    order = {criterion.code: place for place, criterion in enumerate(rubric.criteria)}
    rows = sorted(counted.values(), key=lambda pair: order[pair[0].criterion.code])
    return [_row(dossier, flag, sheets=number, of=len(sheets)) for flag, number in rows]


def links_with_papers(dossier: Dossier) -> list[DossierEvidence]:
    return list(dossier.evidence.select_related("evidence").order_by("item", "id"))


def _papers(links: Iterable[DossierEvidence]) -> tuple[Paper, ...]:
    return tuple(
        Paper(link.item, tuple(map(str, link.criteria)), link.evidence.valid_until)
        for link in links
    )


def _row(dossier: Dossier, flag: Flag, *, sheets: int = 0, of: int = 0) -> FlagRow:
    item = checklist_of(dossier).item(flag.item)
    title = item.title if item else flag.item
    return FlagRow(flag.criterion.code, flag.criterion.name, title, flag.lack, sheets, of)


def criteria_known(dossier: Dossier) -> Known:
    """What the cycle is told: the criteria of the set, and which item speaks to which."""
    try:
        rubric = assessed(dossier).rubric
    except RuleBroken:
        return Known()
    by_item: dict[str, list[str]] = {}
    for need in needs_of(rubric.regime):
        codes = by_item.setdefault(need.item, [])
        codes += [
            criterion.code
            for criterion in rubric.criteria
            if any(need.concerns(criterion, option.points) for option in criterion.options)
        ]
    names = tuple((criterion.code, criterion.name) for criterion in rubric.criteria)
    return Known(names, {item: tuple(codes) for item, codes in by_item.items()})
