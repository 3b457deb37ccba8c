"""What a dossier must hold (QĐ 26/2026, Điều 6 and Annex III, forms 01 and 02; QĐ 1048/2019,
the dossier's list).

The list is data per regime: the texts that are written, and the items that are proved by files.
An item is mandatory for some kinds of enrolment, optional for others, and absent for the rest;
some items make no sense for a service and are left out for the tourism sets, some concern one
legal form alone. A mandatory item is
fulfilled by at least one file that has not run out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    """A thing to be proved by one or more files.

    `example` tells what a good paper looks like; `outline` what one that the subject draws up
    itself has to say, as lines, or as columns where `is_list` is true; `notes` what differs for
    a legal form. Without `subject_kinds` every legal form is asked for it.
    For the kinds of `renewed_for` the paper of the dossier before is not good enough.
    """

    code: str
    title: str
    why: str
    clause: str
    required_for: frozenset[EnrolmentKind]
    asked_for: frozenset[EnrolmentKind]
    is_for_tourism: bool
    evidence_kinds: tuple[str, ...]
    example: str = ""
    outline: tuple[str, ...] = ()
    is_list: bool = False
    renewed_for: frozenset[EnrolmentKind] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)
    subject_kinds: frozenset[str] = frozenset()

    def is_for(self, subject_kind: str) -> bool:
        """Whether this legal form is asked for it; an unknown one is asked for everything."""
        return not (self.subject_kinds and subject_kind) or subject_kind in self.subject_kinds

    def note_for(self, subject_kind: str) -> str:
        return self.notes.get(subject_kind, "")

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

    def items_for(
        self, kind: EnrolmentKind, *, is_tourism: bool, subject_kind: str = ""
    ) -> tuple[EvidenceItem, ...]:
        """The items of such a dossier, mandatory ones first, else in the list's order."""
        asked = [
            item
            for item in self.items
            if kind in item.asked_for
            and (item.is_for_tourism or not is_tourism)
            and item.is_for(subject_kind)
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
    subject_kind: str = "",
) -> tuple[EvidenceItem, ...]:
    """The mandatory items without a file that is good on `on`."""
    proved = {proof.item for proof in proofs if not proof.has_run_out(on)}
    return tuple(
        item
        for item in checklist.items_for(kind, is_tourism=is_tourism, subject_kind=subject_kind)
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
        example=row.get("example", ""),
        outline=tuple(row.get("outline", ())),
        is_list=row.get("list", False),
        renewed_for=frozenset(EnrolmentKind(kind) for kind in row.get("renewed_for", ())),
        notes=dict(row.get("notes", {})),
        subject_kinds=frozenset(row.get("subject_kinds", ())),
    )
