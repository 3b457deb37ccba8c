"""The fictitious papers: short PDF files that say what they are, and the texts of the steps."""

import json
from datetime import datetime
from typing import Any

import typst
from django.core.files.base import ContentFile

from cycle.domain.journey import EnrolmentKind
from cycle.models import Dossier
from cycle.selectors import items_of
from cycle.services import dossiers
from ocop_portal.accounts.models import User
from registry.domain.documents import EvidenceKind
from registry.models import Evidence, Subject
from registry.services import evidence

# The criteria that a kind of paper speaks to, the same in every set: the form of organisation.
PROVES = {EvidenceKind.BUSINESS_REGISTRATION: ("3.1",)}
PAGE = b"""
#let paper = json(bytes(sys.inputs.paper))
#set page(paper: "a5", margin: 2cm)
#set text(lang: "vi", size: 11pt)
#align(center)[#text(weight: "bold")[#upper(paper.title)]]
#v(1cm)
#paper.subject
#v(1cm)
#text(style: "italic")[#paper.notice]
"""


class Library:
    """The papers of the subjects, each kind uploaded once and used by every dossier."""

    def __init__(self, notice: str) -> None:
        self._notice = notice
        self._kept: dict[tuple[int, str], Evidence] = {}

    def attach_required(self, dossier: Dossier, *, by: User, at: datetime) -> None:
        """Attaches a paper to every item that the checklist asks of this dossier."""
        subject = dossier.enrolment.product.subject
        for item in items_of(dossier):
            if item.is_required(EnrolmentKind(dossier.kind)):
                kind = EvidenceKind(item.evidence_kinds[0])
                paper = self.paper(subject, kind, title=item.title, by=by, at=at)
                dossiers.attach(
                    dossier,
                    evidence=paper,
                    item=item.code,
                    criteria=PROVES.get(kind, ()),
                    by=by,
                    at=at,
                )

    def paper(
        self, subject: Subject, kind: EvidenceKind, *, title: str, by: User, at: datetime
    ) -> Evidence:
        key = (subject.pk, str(kind))
        if key not in self._kept:
            self._kept[key] = evidence.upload(
                subject,
                title=title,
                file=ContentFile(self._pdf(title, subject), name=f"{kind}.pdf"),
                kind=kind,
                by=by,
                at=at,
            )
        return self._kept[key]

    def _pdf(self, title: str, subject: Subject) -> bytes:
        facts = {"title": title, "subject": subject.name, "notice": self._notice}
        return _compiled(facts)


def _compiled(facts: dict[str, Any]) -> bytes:
    pdf: bytes = typst.compile(PAGE, sys_inputs={"paper": json.dumps(facts)})
    return pdf
