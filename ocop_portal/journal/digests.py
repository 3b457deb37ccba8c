"""Once a week each person is told what waits at the desk; who has nothing waiting hears nothing."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from ocop_portal.accounts.models import User
from ocop_portal.journal import services
from ocop_portal.journal.models import Entry
from ocop_portal.web import desk

DIGEST = "journal.digest.made"


def send_digests(*, at: datetime) -> int:
    """A digest for each person with work; run twice in a week, it tells once. Says how many."""
    year, week, _day = timezone.localdate(at).isocalendar()
    name = f"{year}-W{week:02d}"
    told = Entry.objects.filter(kind=DIGEST, facts__week=name).values("subject_id")
    people = User.objects.filter(is_active=True).exclude(pk__in=told).order_by("pk")
    return sum(_send(person, name, at) for person in people.iterator(chunk_size=200))


@transaction.atomic
def _send(person: User, week: str, at: datetime) -> bool:
    groups = _groups(person, at)
    if not groups:
        return False
    # The person's row puts two runs at once in line: the second finds the first one's entry.
    User.objects.select_for_update().get(pk=person.pk)
    if Entry.objects.filter(kind=DIGEST, subject_id=person.pk, facts__week=week).exists():
        return False
    number = sum(group["number"] for group in groups)
    facts = {"week": week, "number": number, "groups": groups}
    services.record(DIGEST, subject=person, actor=None, at=at, facts=facts)
    return True


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
