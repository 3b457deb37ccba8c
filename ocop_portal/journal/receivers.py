"""Hears what happens to accounts and writes it down."""

from datetime import datetime, timedelta
from typing import Any

from django.dispatch import receiver

from ocop_portal.accounts import signals
from ocop_portal.accounts.models import AddressChange, User
from ocop_portal.journal import services
from ocop_portal.journal.models import Entry

# A stranger who presses the button again and again fills nobody's mail box.
BETWEEN_LETTERS = timedelta(minutes=2)


@receiver(signals.account_made, dispatch_uid="journal.account_made")
def account_made(user: User, at: datetime, **_sent: Any) -> None:
    services.record("accounts.user.signed_up", subject=user, actor=None, at=at)


@receiver(signals.account_opened, dispatch_uid="journal.account_opened")
def account_opened(user: User, at: datetime, **_sent: Any) -> None:
    services.record("accounts.user.invited_in", subject=user, actor=user, at=at)


@receiver(signals.sign_up_repeated, dispatch_uid="journal.sign_up_repeated")
def sign_up_repeated(user: User, at: datetime, **_sent: Any) -> None:
    _record_unless_just_told("accounts.sign_up.repeated", user, at)


@receiver(signals.password_reset_requested, dispatch_uid="journal.password_reset_requested")
def password_reset_requested(user: User, at: datetime, **_sent: Any) -> None:
    _record_unless_just_told("accounts.password.reset_requested", user, at)


@receiver(signals.password_changed, dispatch_uid="journal.password_changed")
def password_changed(user: User, at: datetime, **_sent: Any) -> None:
    services.record("accounts.password.changed", subject=user, actor=None, at=at)


@receiver(signals.address_change_asked, dispatch_uid="journal.address_change_asked")
def address_change_asked(change: AddressChange, reason: str, at: datetime, **_sent: Any) -> None:
    """A letter to the new address with the link, and one to the old address that warns.

    Who asks for himself or herself is not told of the own deed, so that nobody is the doer: the
    warning must arrive also where somebody else sits at the screen.
    """
    person = change.person
    actor = None if change.asked_by_id == person.pk else change.asked_by
    facts = {"change": change.pk, "reason": reason}
    for kind in ("accounts.address.asked", "accounts.address.warned"):
        services.record(kind, subject=person, actor=actor, at=at, facts=facts)


@receiver(signals.address_changed, dispatch_uid="journal.address_changed")
def address_changed(user: User, change: AddressChange, at: datetime, **_sent: Any) -> None:
    facts = {"change": change.pk}
    services.record("accounts.address.changed", subject=user, actor=None, at=at, facts=facts)


def _record_unless_just_told(kind: str, user: User, at: datetime) -> None:
    recent = Entry.objects.filter(
        kind=kind,
        subject_type=user._meta.label_lower,
        subject_id=user.pk,
        at__gt=at - BETWEEN_LETTERS,
    )
    if not recent.exists():
        services.record(kind, subject=user, actor=None, at=at)
