"""What a dossier must hold (QĐ 26/2026, Điều 6 and Annex III, forms 01 and 02; QĐ 1048/2019,
the dossier's list).

The list is data per regime: the texts that are written, and the items that are proved by files.
An item is mandatory for some kinds of enrolment, optional for others, and absent for the rest;
some items make no sense for a service and are left out for the tourism sets. A mandatory item is
fulfilled by at least one file that has not run out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cycle.domain.journey import EnrolmentKind


@dataclass(frozen=True)
class TextItem:
    """A text that the subject writes in the dossier; `name` is the field that keeps it."""

    name: str
    title: str
    hint: str
    clause: str
    required_for: frozenset[EnrolmentKind]
    asked_for: frozenset[EnrolmentKind]


@dataclass(frozen=True)
class EvidenceItem:
    """A thing to be proved by one or more files."""

    code: str
    title: str
    why: str
    clause: str
    required_for: frozenset[EnrolmentKind]
    asked_for: frozenset[EnrolmentKind]
    is_for_tourism: bool
    evidence_kinds: tuple[str, ...]

    def is_required(self, kind: EnrolmentKind) -> bool:
        return kind in self.required_for


@dataclass(frozen=True)
class Checklist:
    """What one regime asks of a dossier."""

    regime: str
    texts: tuple[TextItem, ...]
    items: tuple[EvidenceItem, ...]

    def texts_for(self, kind: EnrolmentKind) -> tuple[TextItem, ...]:
        return tuple(text for text in self.texts if kind in text.asked_for)

    def items_for(self, kind: EnrolmentKind, *, is_tourism: bool) -> tuple[EvidenceItem, ...]:
        """The items of such a dossier, mandatory ones first, else in the list's order."""
        asked = [
            item
            for item in self.items
            if kind in item.asked_for and (item.is_for_tourism or not is_tourism)
        ]
        return tuple(sorted(asked, key=lambda item: not item.is_required(kind)))

    def item(self, code: str) -> EvidenceItem | None:
        return next((item for item in self.items if item.code == code), None)


@dataclass(frozen=True)
class Proof:
    """A file attached to an item, and the last day it is good for."""

    item: str
    valid_until: date | None

    def has_run_out(self, on: date) -> bool:
        return self.valid_until is not None and self.valid_until < on


def missing_texts(
    checklist: Checklist, *, kind: EnrolmentKind, texts: Mapping[str, str]
) -> tuple[TextItem, ...]:
    """The required texts that are empty."""
    return tuple(
        text
        for text in checklist.texts
        if kind in text.required_for and not texts.get(text.name, "").strip()
    )


def missing_items(
    checklist: Checklist,
    *,
    kind: EnrolmentKind,
    is_tourism: bool,
    proofs: Iterable[Proof],
    on: date,
) -> tuple[EvidenceItem, ...]:
    """The mandatory items without a file that is good on `on`."""
    proved = {proof.item for proof in proofs if not proof.has_run_out(on)}
    return tuple(
        item
        for item in checklist.items_for(kind, is_tourism=is_tourism)
        if item.is_required(kind) and item.code not in proved
    )


def checklist_from(record: Mapping[str, Any]) -> Checklist:
    """A checklist from its record; a code or a name that stands twice is refused."""
    texts = tuple(_text_from(row) for row in record["texts"])
    items = tuple(_item_from(row) for row in record["items"])
    # One list of names: a request to mend names a text or an evidence item by it alone.
    names = [*(text.name for text in texts), *(item.code for item in items)]
    if len(names) != len(set(names)):
        raise ValueError(f"checklist {record['regime']}: a name stands twice in {names}")
    return Checklist(regime=record["regime"], texts=texts, items=items)


def _kinds(row: Mapping[str, Any]) -> tuple[frozenset[EnrolmentKind], frozenset[EnrolmentKind]]:
    required = frozenset(EnrolmentKind(kind) for kind in row.get("required_for", ()))
    optional = frozenset(EnrolmentKind(kind) for kind in row.get("optional_for", ()))
    return required, required | optional


def _text_from(row: Mapping[str, Any]) -> TextItem:
    required, asked = _kinds(row)
    return TextItem(
        name=row["name"],
        title=row["title"],
        hint=row["hint"],
        clause=row["clause"],
        required_for=required,
        asked_for=asked,
    )


def _item_from(row: Mapping[str, Any]) -> EvidenceItem:
    required, asked = _kinds(row)
    return EvidenceItem(
        code=row["code"],
        title=row["title"],
        why=row["why"],
        clause=row["clause"],
        required_for=required,
        asked_for=asked,
        is_for_tourism=row.get("tourism", True),
        evidence_kinds=tuple(row.get("evidence_kinds", ())),
    )
