"""The one door to the journal; people are told only through it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry

NO_FACTS: Mapping[str, Any] = {}


def record(
    kind: str,
    *,
    subject: models.Model,
    actor: User | None,
    at: datetime,
    facts: Mapping[str, Any] = NO_FACTS,
) -> Entry:
    """Writes what happened, in the caller's transaction; on commit the notices go out.

    `kind` is `app.noun.participle`; `facts` holds ids and plain values, no personal numbers.
    """
    entry = Entry.objects.create(
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        actor=actor,
        at=at,
        facts=dict(facts),
    )
    return entry
