"""What is to be mended in a dossier: for the office that asks and for the subject that mends."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from cycle import facts as told
from cycle.domain.comparison import changed_items
from cycle.domain.paper_items import REGISTER, SELF_ASSESSMENT
from cycle.facts import Fact
from cycle.forms import DossierReturnForm
from cycle.forms.appraisals import ItemRow
from cycle.models import Correction, Dossier
from cycle.selectors import correctable_items, corrections_in, items_of, mending_of
from cycle.services.snapshots import as_stored, snapshot_of
from cycle.views.tasklists import EvidenceRow, evidence_rows
from registry.domain.clock import legal_day


@dataclass(frozen=True)
class MendingRow:
    """One request that stands: where it is mended, what was asked, whether anything changed."""

    name: str
    title: str
    url: str
    asked: list[Correction]
    is_changed: bool


@dataclass(frozen=True)
class ReturnRow:
    """One item before the officer: what is in it, and the two fields that ask to mend it."""

    item: ItemRow
    evidence: EvidenceRow | None
    is_quiet: bool  # nothing in it and nothing owed: folded away


def mending_rows(dossier: Dossier, *, at: datetime) -> list[MendingRow]:
    """The requests of the last return, in the order of the dossier; none while none stands."""
    mending = mending_of(dossier, legal_day(at))
    if not mending.requests:
        return []
    fact = told.ask(told.SELF_ASSESSMENT, dossier)
    changed = _changed(dossier, fact, at)
    return [
        MendingRow(
            name=item.name,
            title=item.title,
            url=_page_of(dossier, fact, item.name),
            asked=mending.asked.of(item.name),
            is_changed=item.name in changed,
        )
        for item in correctable_items(dossier)
        if item.name in mending.requests
    ]


def return_rows(dossier: Dossier, form: DossierReturnForm, on: date) -> list[ReturnRow]:
    """Every item that may be sent back, with its text or its papers."""
    evidence = {row.item.code: row for row in evidence_rows(dossier, on)}
    asked = corrections_in(dossier)
    texts = [(item.title, dossier.texts.get(item.name, "")) for item in form.items]
    rows = []
    for item, shown in zip(form.items, form.rows(texts, asked), strict=True):
        proof = evidence.get(item.name)
        is_used = bool(shown.asked or shown.reason.value() or shown.note.value())
        is_quiet = proof is not None and not (proof.papers or proof.is_required or is_used)
        rows.append(ReturnRow(item=shown, evidence=proof, is_quiet=is_quiet))
    return rows


def _changed(dossier: Dossier, fact: Fact, at: datetime) -> frozenset[str]:
    """The items that differ from what was lodged last."""
    last = dossier.snapshot
    if last is None:
        return frozenset()
    now = snapshot_of(dossier, rubric_hash=fact.rubric_hash, assessment=fact.summary, at=at)
    return changed_items(last, as_stored(now))


def _page_of(dossier: Dossier, fact: Fact, name: str) -> str:
    if name == REGISTER.name:
        return dossier.enrolment.product.get_absolute_url()
    if name == SELF_ASSESSMENT.name:
        return fact.url or dossier.get_absolute_url()
    if name in {item.code for item in items_of(dossier)}:
        return reverse("cycle:evidence-item", args=[dossier.pk, name])
    return reverse("cycle:dossier-text", args=[dossier.pk])
