"""The page on which a member scores: one section at a time, with what it rests on beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cycle.models import DossierEvidence
from ocop_portal.accounts.people import signed_in
from ocop_portal.refusals import refusal_text
from registry.domain.errors import RuleBroken, Stale
from scoring.domain.sheet import missing, tally
from scoring.forms import sheet_rows
from scoring.forms.choices import Beside, PartRow, SectionRow
from scoring.forms.sheets import REVIEW, known_choices, section_of
from scoring.models import AgendaItem, Sheet
from scoring.selectors.evidence_flags import FlagRow, flags_of
from scoring.selectors.opinions import advice_by_criterion, sent_opinions
from scoring.selectors.precedents import precedents_for
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.self_assessments import self_assessment_of
from scoring.selectors.sessions import day_of
from scoring.selectors.tastings import blind_part, lacks_samples, sensory_sections


@dataclass(frozen=True)
class Shown:
    """What a sheet is drawn with: the choices and the remark, the section, a refusal."""

    choices: dict[str, str | None]
    comment: str
    section: str
    refusal: RuleBroken | None = None

    @property
    def is_incomplete(self) -> bool:
        return self.refusal is not None and self.refusal.code == "sheet.incomplete"

    @property
    def is_stale(self) -> bool:
        return isinstance(self.refusal, Stale)


@dataclass(frozen=True)
class Step:
    """A section of the sheet with its part and its neighbours."""

    part: PartRow
    section: SectionRow
    before: SectionRow | None
    after: SectionRow | None


def sheet_page(
    request: HttpRequest, item: AgendaItem, sheet: Sheet | None, shown: Shown
) -> HttpResponse:
    """The sheet with everything chosen so far; 409 where another tab has saved in between."""
    rubric = rubric_of(item.edition)
    blind = blind_part(item, signed_in(request))
    known = {**known_choices(rubric, shown.choices), **(blind.choices if blind else {})}
    hidden = blind.codes if blind and not blind.is_closed else ()
    counted = tally(rubric, known)
    absent = tuple(code for code in missing(rubric, known) if code not in hidden)
    links = list(item.dossier.evidence.select_related("evidence").order_by("item", "id"))
    opinions = sent_opinions(item)
    beside = replace(
        _beside(item, links, absent if shown.is_incomplete else ()),
        opinions=advice_by_criterion(opinions, rubric),
    )
    parts = sheet_rows(rubric, known, counted.parts, beside)
    context: dict[str, Any] = {
        "item": item,
        "rubric": rubric,
        "sheet": sheet,
        "parts": parts,
        "total": counted.total,
        "missing": [row for part in parts for row in part.criteria if row.code in absent],
        "answered": len(known),
        "asked": len(rubric.by_code) - len(hidden),
        "blind": blind,
        "blind_sections": [each.code for each in sensory_sections(rubric)] if blind else [],
        "refusal": refusal_text(shown.refusal) if shown.refusal else "",
        "is_stale": shown.is_stale,
        "is_incomplete": shown.is_incomplete,
        "version": sheet.version if sheet else 0,
        "key": uuid4(),
        "comment": shown.comment,
        "unlinked": [link for link in links if not link.criteria],
        "opinions": [each for each in opinions if each.visit_note or each.supplements],
        "flags": _flags(item, known, links),
        "samples": lacks_samples(item),
        "on": day_of(item.session),
        "reopenings": _reopenings(sheet),
        "steps": _steps(parts),
        "current": _current(item, shown, absent),
        "review": REVIEW,
    }
    status = 409 if shown.is_stale else 200
    return render(request, "scoring/sheet_form.html", context, status=status)


def _beside(item: AgendaItem, links: list[DossierEvidence], absent: tuple[str, ...]) -> Beside:
    assessment = self_assessment_of(item.dossier)
    return Beside(
        evidence=evidence_by_criterion(links),
        assessed=assessment.choices if assessment else {},
        missing=absent,
        precedents={each.code: each for each in precedents_for(item)},
    )


def _flags(
    item: AgendaItem, known: Mapping[str, str | None], links: list[DossierEvidence]
) -> list[FlagRow]:
    """What the member chose, and where nothing is chosen yet what the subject did."""
    assessment = self_assessment_of(item.dossier)
    choices = {**(assessment.choices if assessment else {}), **known}
    rubric, on = rubric_of(item.edition), day_of(item.session)
    return flags_of(item.dossier, rubric, choices, links=links, on=on)


def _reopenings(sheet: Sheet | None) -> Any:
    return sheet.reopenings.select_related("by").order_by("id") if sheet else ()


def _current(item: AgendaItem, shown: Shown, absent: tuple[str, ...]) -> str:
    """The section asked for; else the first with something open; else what is to be handed in."""
    rubric = rubric_of(item.edition)
    asked = section_of(rubric, shown.section)
    if asked and not shown.is_incomplete:
        return asked
    return section_of(rubric, absent[0]) if absent else REVIEW


def _steps(parts: list[PartRow]) -> list[Step]:
    """The sections in their order, each with its neighbours."""
    rows = [(part, section) for part in parts for section in part.sections]
    sections = [section for _part, section in rows]
    before = [None, *sections[:-1]]
    after = [*sections[1:], None]
    return [
        Step(part, section, earlier, later)
        for (part, section), earlier, later in zip(rows, before, after, strict=True)
    ]


def evidence_by_criterion(links: list[DossierEvidence]) -> dict[str, tuple[DossierEvidence, ...]]:
    """The papers that a dossier names for a criterion."""
    found: dict[str, list[DossierEvidence]] = {}
    for link in links:
        for code in link.criteria:
            found.setdefault(str(code), []).append(link)
    return {code: tuple(each) for code, each in found.items()}
