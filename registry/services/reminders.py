"""Tells of papers that run out: each day of alert once, and once when they have run out."""

from datetime import date, datetime, timedelta

from django.db import transaction

from ocop_portal.journal import services as journal
from ocop_portal.journal.models import Entry
from registry.domain.clock import legal_day
from registry.domain.documents import ALERT_DAYS
from registry.models import Evidence
from registry.selectors import running_out

EXPIRING = "registry.evidence.expiring"
EXPIRED = "registry.evidence.expired"
# A night that was missed is made up for within this many days.
LOOK_BACK_DAYS = 14


def remind_of_evidence(*, at: datetime) -> int:
    """How many alerts were told now; run twice, each is told once."""
    on = legal_day(at)
    last = on + timedelta(days=max(ALERT_DAYS))
    told = 0
    for paper in running_out(after=on - timedelta(days=LOOK_BACK_DAYS + 1), until=last):
        told += _remind(paper, on, at)
    return told


@transaction.atomic
def _remind(paper: Evidence, on: date, at: datetime) -> bool:
    """The row is locked, so that two nightly runs at once tell once."""
    current = Evidence.objects.select_for_update().get(pk=paper.pk)
    if current.valid_until is None or current.valid_until != paper.valid_until:
        return False
    left = (current.valid_until - on).days
    step = "expired" if left < 0 else str(min(day for day in ALERT_DAYS if left <= day))
    kind = EXPIRED if left < 0 else EXPIRING
    told = Entry.objects.filter(
        kind=kind, subject_type=current._meta.label_lower, subject_id=current.pk
    )
    if any(entry.facts.get("step") == step for entry in told):
        return False
    facts = {
        "subject": current.subject_id,
        "title": current.title,
        "until_day": f"{current.valid_until:%d/%m/%Y}",
        "step": step,
    }
    journal.record(kind, subject=current, actor=None, at=at, facts=facts)
    return True
