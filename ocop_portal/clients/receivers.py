"""What programs must follow: the journal's news, and the end of an account."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from ocop_portal.accounts.models import User
from ocop_portal.accounts.signals import account_closed, address_changed
from ocop_portal.clients import changes, feeds, tokens, webhooks
from ocop_portal.journal import signals


@receiver(signals.entries_recorded, dispatch_uid="clients.entries_recorded")
def entries_recorded(kind: str, entry_ids: Sequence[int], **_sent: Any) -> None:
    if feeds.has_news(kind):
        changes.note(entry_ids)


@receiver(address_changed, dispatch_uid="clients.address_changed")
def end_tokens(user: User, at: datetime, **_sent: Any) -> None:
    """Whoever had a token of the old address comes in no more; the person makes new ones."""
    tokens.revoke_all_of(user, at=at)


@receiver(account_closed, dispatch_uid="clients.account_closed")
def end_programs(user: User, at: datetime, **_sent: Any) -> None:
    """A program whose person is gone comes in no more, also not when the person comes back."""
    tokens.revoke_all_of(user, at=at)
    webhooks.end_all_of(user, at=at)
