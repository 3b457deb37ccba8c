"""What the register announces, and what the cycle does about it."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from cycle.services import proofs
from ocop_portal.accounts.models import User
from registry.models import Evidence
from registry.signals import evidence_replaced


@receiver(evidence_replaced, dispatch_uid="cycle.evidence_replaced")
def follow_paper(*, old_id: int, new_id: int, by_id: int, at: datetime, **_news: Any) -> None:
    """Open dossiers take the paper that follows one which runs out."""
    papers = Evidence.objects.in_bulk([old_id, new_id])
    proofs.follow(papers[old_id], papers[new_id], by=User.objects.get(pk=by_id), at=at)
