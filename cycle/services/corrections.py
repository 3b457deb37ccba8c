"""Keeps what an appraiser asks to be mended; for the services `ideas` and `plans`."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from cycle.domain.corrections import Remark
from cycle.domain.paper_items import PaperItem, PaperKind
from cycle.models import BusinessPlan, Correction, Idea
from ocop_portal.accounts.models import User


def kind_of(paper: Idea | BusinessPlan) -> PaperKind:
    return PaperKind.IDEA if isinstance(paper, Idea) else PaperKind.PLAN


def keep(
    paper: Idea | BusinessPlan, remarks: Mapping[PaperItem, Remark], *, by: User, at: datetime
) -> None:
    """The remarks of one return of a locked paper, under the next number."""
    kind = kind_of(paper)
    before = Correction.objects.filter(enrolment=paper.enrolment, paper=kind)
    number = (before.aggregate(last=Max("number"))["last"] or 0) + 1
    Correction.objects.bulk_create(
        Correction(
            enrolment=paper.enrolment,
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
