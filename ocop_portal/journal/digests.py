"""What waits at the desk, told by mail as often as each person chose; nothing waits, no mail."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from ocop_portal.accounts.models import Rhythm, User
from ocop_portal.journal import services
from ocop_portal.journal.models import Entry
from ocop_portal.web import desk

DIGEST = "journal.digest.made"


def send_digests(rhythm: Rhythm, *, at: datetime) -> int:
    """A digest for each person with work who chose this rhythm. Says how many.

    Run twice in a week (a day), it tells once. Who gets no mail at all gets none of these either.
    """
    told = _told(rhythm, at).values("subject_id")
    people = User.objects.filter(is_active=True, wants_mail=True, digest=rhythm)
    rows = people.exclude(pk__in=told).order_by("pk")
    return sum(_send(person, rhythm, at) for person in rows.iterator(chunk_size=200))


@transaction.atomic
def _send(person: User, rhythm: Rhythm, at: datetime) -> bool:
    groups = _groups(person, at)
    if not groups:
        return False
    # The person's row puts two runs at once in line: the second finds the first one's entry.
    User.objects.select_for_update().get(pk=person.pk)
    if _told(rhythm, at).filter(subject_id=person.pk).exists():
        return False
    number = sum(group["number"] for group in groups)
    facts = {**_span(rhythm, at), "number": number, "groups": groups}
    services.record(DIGEST, subject=person, actor=None, at=at, facts=facts)
    return True


def _told(rhythm: Rhythm, at: datetime) -> QuerySet[Entry]:
    """The digests of this week, or of this day."""
    ((word, value),) = _span(rhythm, at).items()
    return Entry.objects.filter(kind=DIGEST, **{f"facts__{word}": value})


def _span(rhythm: Rhythm, at: datetime) -> dict[str, str]:
    """The name of the week or the day that a digest is for."""
    today = timezone.localdate(at)
    if rhythm is Rhythm.DAILY:
        return {"day": today.isoformat()}
    year, week, _day = today.isocalendar()
    return {"week": f"{year}-W{week:02d}"}


def _groups(person: User, at: datetime) -> list[dict[str, Any]]:
    """The sorts of work with their numbers, in the person's language, as on the desk."""
    today = timezone.localdate(at)
    with translation.override(person.language):
        return [
            {
                "label": str(group.label),
                "number": len(group.tasks),
                "late": sum(bool(task.due_on and task.due_on < today) for task in group.tasks),
            }
            for group in desk.groups_for(person, at)
        ]
