"""A paper that got a successor: what is still being written takes the new one."""

from datetime import datetime

from django.db import transaction

from cycle.domain.dossier import OPEN
from cycle.models import Dossier, DossierEvidence
from cycle.selectors import mending_of
from cycle.services.history import locked_dossier
from ocop_portal.accounts.models import User
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.models import Evidence


@transaction.atomic
def follow(old: Evidence, new: Evidence, *, by: User, at: datetime) -> int:
    """How many open dossiers took the new paper; lodged ones keep what was handed in.

    In a returned dossier only an item that may be mended changes.
    """
    rows = Dossier.objects.filter(
        state__in=[state.value for state in OPEN],
        evidence__evidence=old,
        enrolment__ended_at__isnull=True,
    )
    return sum(_exchange(dossier, old, new, by=by, at=at) for dossier in rows.distinct())


def _exchange(dossier: Dossier, old: Evidence, new: Evidence, *, by: User, at: datetime) -> bool:
    current = locked_dossier(dossier)
    mending = mending_of(current, legal_day(at))
    links = DossierEvidence.objects.filter(dossier=current, evidence=old)
    items = [link.item for link in links if mending.is_open(link.item)]
    links.filter(item__in=items).update(evidence=new)
    if items:
        facts = {
            "enrolment": current.enrolment_id,
            "evidence": new.pk,
            "replaced": old.pk,
            "items": items,
        }
        journal.record(
            "cycle.dossier.evidence_replaced", subject=current, actor=by, at=at, facts=facts
        )
    return bool(items)
