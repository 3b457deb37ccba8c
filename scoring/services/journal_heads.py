"""Signs the heads of the journal's days and hours with the portal's key; for the worker alone."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from ocop_portal.journal import sealing
from ocop_portal.journal.models import DayHead, HourHead
from scoring.domain.journal_heads import TYPE, Head, payload
from scoring.domain.jws import sign
from scoring.selectors.credentials import published_keys
from scoring.services import keys

AT_ONCE = 400


def sign_missing(*, at: datetime) -> int:
    """Signs heads without a signature, and those whose key was compromised; says how many."""
    counting = [key["kid"] for key in published_keys()]
    unsigned = Q(token="") | ~Q(key__in=counting)
    signed: list[DayHead | HourHead] = [
        *DayHead.objects.filter(unsigned).order_by("day")[:AT_ONCE],
        *HourHead.objects.filter(unsigned).order_by("number")[:AT_ONCE],
    ]
    if not signed:
        return 0
    key, private = keys.current(at=at)
    for head in signed:
        said = payload(Head(head.day, head.number, head.hash), site=settings.SITE_URL)
        token = sign(said, private, typ=TYPE, cty="json")
        sealing.keep_signature(head, token=token, key=key.kid)
    return len(signed)
