"""How notices travel: from entry to rows, from row to mail; every step can be repeated safely.

The row is the queue. `fan_out` writes one row for each person and channel under a lock on the
entry; `deliver` takes a row by a conditional update and is the only one who then sends it;
`sweep` finds what was left behind by a lost message or a killed worker.
"""

import logging
import random
import smtplib
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from ocop_portal.accounts.models import User
from ocop_portal.journal import mailer, notices
from ocop_portal.journal.models import Channel, Delivery, Entry, Mute, Notification
from ocop_portal.journal.notices import Notice

MOST_ATTEMPTS = 6
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=2)
CLAIM_LASTS = timedelta(minutes=5)
# Older news (an import, a demonstration) is shown in the portal but not mailed.
NEWS_LASTS = timedelta(days=7)
# After the mail server could not be reached, this process leaves it alone for a while, so that a
# long queue does not keep the worker from its other work.
SERVER_REST_SECONDS = 30.0
SERVER_IS_DOWN = (
    ConnectionError,
    TimeoutError,
    socket.gaierror,
    smtplib.SMTPConnectError,
    smtplib.SMTPServerDisconnected,
)
SWEEP_ENTRIES = 200
SWEEP_MAILS = 100

log = logging.getLogger(__name__)
_server_rests_until = 0.0


@dataclass(frozen=True)
class Swept:
    """What a sweep found to do."""

    entries: list[int]
    mails: list[int]


def fan_out(entry_id: int, *, at: datetime) -> list[int]:
    """Writes the rows of one entry once; returns the mails that wait. Repeating it does nothing.

    A fault in an app's notice puts the entry off, longer each time, and is logged each time.
    """
    try:
        return _write_rows(entry_id, at)
    except Exception:
        _put_off_entry(entry_id, at)
        log.exception("entry %s: its notices could not be written", entry_id)
        return []


@transaction.atomic
def _write_rows(entry_id: int, at: datetime) -> list[int]:
    entry = (
        Entry.objects.select_for_update().filter(pk=entry_id, fan_out_due_at__isnull=False).first()
    )
    if entry is None:
        return []
    notice = notices.notice_of(entry.kind)
    if notice:
        people = _people(entry, notice)
        muted = _muted(entry, notice, people, at)
        rows = [
            row
            for person in people
            for row in _rows(entry, notice, person, is_muted=person.pk in muted, at=at)
        ]
        rows += _rows_to_addresses(entry, notice, at=at)
        Notification.objects.bulk_create(rows, ignore_conflicts=True)
    entry.fan_out_due_at = None
    entry.save(update_fields=["fan_out_due_at"])
    waiting = entry.notifications.filter(channel=Channel.MAIL, state=Delivery.WAITING)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def _people(entry: Entry, notice: Notice) -> list[User]:
    """Each person once, never the doer; who cannot log in is only told what is essential."""
    people = {person.pk: person for person in notice.recipients(entry)}
    return [
        person
        for person in people.values()
        if person.pk != entry.actor_id and (person.is_active or notice.essential)
    ]


def _rows(
    entry: Entry, notice: Notice, person: User, *, is_muted: bool, at: datetime
) -> Iterable[Notification]:
    title, url = mailer.title(entry, notice, person), notice.url(entry)
    for channel in notice.channels:
        state = Delivery.MUTED if is_muted else Delivery.WAITING
        is_shown = channel == Channel.PORTAL
        yield Notification(
            entry=entry,
            recipient=person,
            channel=channel,
            state=Delivery.SENT if is_shown else state,
            title=title,
            url=url,
            due_at=at,
            sent_at=at if is_shown else None,
        )


def _rows_to_addresses(entry: Entry, notice: Notice, *, at: datetime) -> list[Notification]:
    """One mail to each address whose owner has no account."""
    addresses = sorted(set(notice.addresses(entry))) if notice.addresses else []
    if not addresses:
        return []
    title, url = mailer.title(entry, notice, None), notice.url(entry)
    is_muted = not notice.essential and _is_muted_for_all(entry, at)
    return [
        Notification(
            entry=entry,
            address=address,
            channel=Channel.MAIL,
            state=Delivery.MUTED if is_muted else Delivery.WAITING,
            title=title,
            url=url,
            due_at=at,
        )
        for address in addresses
    ]


def _is_muted_for_all(entry: Entry, at: datetime) -> bool:
    """Whether a switch keeps this mail from everybody, or the news is old."""
    switches = Mute.objects.filter(kind__in=("", entry.kind), person__isnull=True)
    return at - entry.at > NEWS_LASTS or switches.exists()


def _muted(entry: Entry, notice: Notice, people: list[User], at: datetime) -> set[int]:
    """Who gets no mail of this entry: by a switch, by choice, or because the news is old."""
    if notice.essential:
        return set()
    switches = set(
        Mute.objects.filter(kind__in=("", entry.kind)).values_list("person_id", flat=True)
    )
    everybody = None in switches or at - entry.at > NEWS_LASTS
    return {
        person.pk
        for person in people
        if everybody or person.pk in switches or not person.wants_mail
    }


def _put_off_entry(entry_id: int, at: datetime) -> None:
    entry = Entry.objects.filter(pk=entry_id, fan_out_due_at__isnull=False).first()
    if entry is None:
        return
    entry.fan_out_attempts = min(entry.fan_out_attempts + 1, 1000)
    entry.fan_out_due_at = at + _wait(entry.fan_out_attempts)
    entry.save(update_fields=["fan_out_attempts", "fan_out_due_at"])


def deliver(notification_id: int, *, at: datetime) -> bool:
    """Sends one mail if it waits and is due; True when it was sent now.

    Who wins the conditional update sends, nobody else. Nothing is sent inside a transaction. A
    failure puts the row off with growing waits; after six attempts it stays failed until somebody
    asks for it again.
    """
    if time.monotonic() < _server_rests_until:
        return False
    claimed = Notification.objects.filter(
        pk=notification_id, channel=Channel.MAIL, state=Delivery.WAITING, due_at__lte=at
    ).update(state=Delivery.SENDING, claimed_at=at, attempts=F("attempts") + 1)
    if not claimed:
        return False
    row = Notification.objects.select_related("entry__actor", "recipient").get(pk=notification_id)
    try:
        mailer.send(row)
    except Exception as error:
        log.exception("notification %s: the mail did not go out", notification_id)
        _put_off_mail(row, at, f"{type(error).__name__}: {error}")
        _rest_if_down(error)
        return False
    _own(row).update(state=Delivery.SENT, sent_at=at, failure="")
    return True


def forget() -> None:
    """The mail server may be asked again at once."""
    global _server_rests_until  # noqa: PLW0603 - one mail server, one memory of its last failure
    _server_rests_until = 0.0


def _rest_if_down(error: Exception) -> None:
    global _server_rests_until  # noqa: PLW0603 - as above
    if isinstance(error, SERVER_IS_DOWN):
        _server_rests_until = time.monotonic() + SERVER_REST_SECONDS


def _own(row: Notification) -> QuerySet[Notification]:
    """The row while it is still claimed by this attempt."""
    return Notification.objects.filter(pk=row.pk, state=Delivery.SENDING, attempts=row.attempts)


def _put_off_mail(row: Notification, at: datetime, failure: str) -> None:
    is_final = row.attempts >= MOST_ATTEMPTS
    _own(row).update(
        state=Delivery.FAILED if is_final else Delivery.WAITING,
        due_at=at + _wait(row.attempts),
        failure=failure[:300],
    )


def _wait(attempts: int) -> timedelta:
    """Doubles each time, with up to a quarter more so that a crowd does not return at once."""
    doubled: int = 2 ** min(attempts - 1, 20)
    wait = min(FIRST_WAIT * doubled, LONGEST_WAIT)
    return wait * (1 + random.random() / 4)  # noqa: S311 - spreads load, guards nothing


def sweep(*, at: datetime) -> Swept:
    """Frees rows whose sender died and lists what is due, oldest first, within bounds."""
    dead = Notification.objects.filter(state=Delivery.SENDING, claimed_at__lt=at - CLAIM_LASTS)
    dead.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=Delivery.FAILED, failure=_("Bên gửi dừng giữa chừng.")
    )
    dead.update(state=Delivery.WAITING, due_at=at)
    entries = Entry.objects.filter(fan_out_due_at__lte=at).order_by("fan_out_due_at", "pk")
    mails = Notification.objects.filter(
        state=Delivery.WAITING, channel=Channel.MAIL, due_at__lte=at
    ).order_by("due_at", "pk")
    return Swept(
        entries=list(entries.values_list("pk", flat=True)[:SWEEP_ENTRIES]),
        mails=list(mails.values_list("pk", flat=True)[:SWEEP_MAILS]),
    )
