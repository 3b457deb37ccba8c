"""The changes that programs follow: noted with the act, numbered after its commit."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ocop_portal import many_rows
from ocop_portal.accounts.models import User
from ocop_portal.clients import feeds
from ocop_portal.clients.models import Change, ChangeCounter, Webhook, WebhookDelivery

COUNTER = "changes"
AT_ONCE = 500


def note(entry_ids: Iterable[int]) -> None:
    """Remembers, in the act's own transaction, that programs are to be told."""
    many_rows.write_values(Change, ("entry_id",), ((key,) for key in entry_ids))


@transaction.atomic
def number_new(*, at: datetime) -> int:
    """Numbers the committed changes in their order and hands them to the webhooks; how many.

    The counter's row lets one process at a time through, so a number becomes visible only after
    every smaller one: a reader that asks for "after 17" never misses what came late.
    """
    ChangeCounter.objects.get_or_create(name=COUNTER)
    counter = ChangeCounter.objects.select_for_update().get(name=COUNTER)
    new = list(Change.objects.filter(number=None).order_by("id")[:AT_ONCE])
    if not new:
        return 0
    for number, change in enumerate(new, start=counter.last + 1):
        change.number = number
    Change.objects.bulk_update(new, ["number"])
    counter.last += len(new)
    counter.save(update_fields=["last"])
    _hand_out(new, at)
    return len(new)


def visible_changes(user: User, at: datetime) -> QuerySet[Change]:
    """The numbered changes of the things that the person may see now, oldest first."""
    numbered = Change.objects.filter(number__isnull=False)
    return numbered.filter(feeds.seen_by(user, timezone.localdate(at))).order_by("number")


def told(change: Change) -> dict[str, object]:
    """A change as the feed and the webhooks tell it: ids and kinds; the API tells the rest to
    whoever may see it at that time."""
    entry = change.entry
    address = feeds.address_of(entry.subject_type, entry.subject_id)
    return {
        "number": change.number,
        "kind": entry.kind,
        "at": entry.at.isoformat(),
        "object": {
            "type": entry.subject_type,
            "id": entry.subject_id,
            "url": settings.SITE_URL + address,
        },
    }


def _hand_out(new: list[Change], at: datetime) -> None:
    """One waiting row for each webhook and each change that its owner may see."""
    numbers = [change.number for change in new]
    for webhook in Webhook.objects.filter(ended_at=None, user__is_active=True).select_related(
        "user"
    ):
        seen = visible_changes(webhook.user, at).filter(number__in=numbers)
        if webhook.kinds:
            seen = seen.filter(entry__kind__in=webhook.kinds)
        WebhookDelivery.objects.bulk_create(
            (WebhookDelivery(webhook=webhook, change=change, due_at=at) for change in seen),
            ignore_conflicts=True,
        )
