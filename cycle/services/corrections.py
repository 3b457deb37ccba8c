"""Keeps what an office asks to be mended; for the services `ideas`, `plans` and `dossiers`."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from cycle.domain.corrections import Remark
from cycle.domain.paper_items import PaperItem, PaperKind
from cycle.models import BusinessPlan, Correction, Dossier, Idea
from ocop_portal.accounts.models import User

Paper = Idea | BusinessPlan | Dossier


def kind_of(paper: Paper) -> PaperKind:
    if isinstance(paper, Dossier):
        return PaperKind.DOSSIER
    return PaperKind.IDEA if isinstance(paper, Idea) else PaperKind.PLAN


def keep(paper: Paper, remarks: Mapping[PaperItem, Remark], *, by: User, at: datetime) -> None:
    """The remarks of one return of a locked paper, under the next number."""
    kind = kind_of(paper)
    dossier = paper if isinstance(paper, Dossier) else None
    before = Correction.objects.filter(enrolment=paper.enrolment, paper=kind, dossier=dossier)
    number = (before.aggregate(last=Max("number"))["last"] or 0) + 1
    Correction.objects.bulk_create(
        Correction(
            enrolment=paper.enrolment,
            dossier=dossier,
            paper=kind,
            item=item.name,
            number=number,
            reason=remark.reason,
            note=remark.note,
            asked_at=at,
            asked_by=by,
        )
        for item, remark in remarks.items()
    )
