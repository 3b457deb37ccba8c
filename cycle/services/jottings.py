"""Keeps what is typed into a form until it is sent.

A jotting is nobody's act: it is seen by its writer alone, decides nothing, and leaves no entry in
the journal. What is sent from it does.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from cycle.models import Enrolment, Jotting
from cycle.services.history import locked_enrolment
from cycle.services.papers import composed
from ocop_portal.accounts.models import User
from registry.domain.merging import Merged, Outcome, Seen, outcome_of_writing


@transaction.atomic
def save(
    enrolment: Enrolment,
    form: str,
    values: Mapping[str, Any],
    *,
    seen: Mapping[str, Seen],
    by: User,
    at: datetime,
) -> Merged:
    """Keeps the fields; what another device of the same person wrote meanwhile is a choice."""
    current = locked_enrolment(enrolment)  # two devices write in turn, also their first word
    rows = {
        row.field: row for row in Jotting.objects.filter(person=by, enrolment=current, form=form)
    }
    written, conflicts = [], {}
    for name, value in values.items():
        text, stored = composed(value or ""), rows[name].text if name in rows else ""
        outcome = outcome_of_writing(stored, text, seen[name])
        if outcome is Outcome.CONFLICT:
            conflicts[name] = stored
        elif outcome is Outcome.WRITTEN:
            Jotting.objects.update_or_create(
                person=by,
                enrolment=current,
                form=form,
                field=name,
                defaults={"text": text, "saved_at": at},
            )
            written.append(name)
    return Merged(written=tuple(written), conflicts=conflicts)


def forget(enrolment: Enrolment, form: str, *, by: User) -> None:
    """The form was sent: what was kept for it goes. Nothing kept: no change."""
    Jotting.objects.filter(person=by, enrolment=enrolment, form=form).delete()
