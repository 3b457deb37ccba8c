"""The journal's news for programs: what is recorded becomes a change in the same transaction."""

from typing import Any

from django.dispatch import receiver

from ocop_portal.clients import changes, feeds
from ocop_portal.journal import signals
from ocop_portal.journal.models import Entry


@receiver(signals.entry_recorded, dispatch_uid="clients.entry_recorded")
def entry_recorded(entry: Entry, **_sent: Any) -> None:
    if feeds.has_news(entry.kind):
        changes.note(entry)
