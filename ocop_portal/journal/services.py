"""The one door to the journal; people are told only through it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop_portal import many_rows
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import bell, notices, permissions, signals
from ocop_portal.journal.models import Channel, Delivery, Entry, Mute, Notification

Happened = tuple[models.Model, Mapping[str, Any]]  # to what, with which facts
NO_FACTS: Mapping[str, Any] = {}
FAN_OUT = "ocop_portal.journal.tasks.fan_out"
DELIVER = "ocop_portal.journal.tasks.deliver"


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
    due = _due(kind)
    entry = Entry.objects.create(
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        actor=actor,
        at=at,
        facts=dict(facts),
        fan_out_due_at=due,
    )
    _announce(kind, [entry.pk], due)
    return entry


def record_many(
    kind: str, happened: Iterable[Happened], *, actor: User | None, at: datetime
) -> list[int]:
    """The same thing that happened to many at once: the keys of their entries, in their order.

    Refused: things of more than one sort.
    """
    told = list(happened)
    sorts = {subject._meta.label_lower for subject, _facts in told}
    if len(sorts) > 1:
        raise ValueError(f"{kind}: {', '.join(sorted(sorts))}")
    due = _due(kind)
    keys = many_rows.write_values(
        Entry,
        ("subject_id", "facts"),
        [(subject.pk, facts) for subject, facts in told],
        kind=kind,
        subject_type="".join(sorts),
        actor_id=actor and actor.pk,
        at=at,
        fan_out_due_at=due,
    )
    _announce(kind, keys, due)
    return keys


def _due(kind: str) -> datetime | None:
    """When people are told; the queue runs on the machine's clock, also for another day's act."""
    return timezone.now() if notices.notice_of(kind) else None


def _announce(kind: str, keys: Sequence[int], due: datetime | None) -> None:
    for key in keys if due else ():
        transaction.on_commit(partial(bell.ring, FAN_OUT, key), robust=True)
    signals.entries_recorded.send(Entry, kind=kind, entry_ids=keys)


@transaction.atomic
def mark_read(notification: Notification, *, by: User, at: datetime) -> Notification:
    """The reader has opened the notice; a second opening changes nothing."""
    if notification.recipient_id != by.pk:
        raise PermissionDenied(_("Thông báo này gửi cho người khác."))
    Notification.objects.filter(
        entry_id=notification.entry_id, recipient=by, read_at__isnull=True
    ).update(read_at=at)
    notification.refresh_from_db()
    return notification


@transaction.atomic
def mark_all_read(*, by: User, at: datetime) -> int:
    """Everything the reader has not opened counts as read; says how many."""
    return Notification.objects.filter(
        recipient=by, channel=Channel.PORTAL, read_at__isnull=True
    ).update(read_at=at)


@transaction.atomic
def send_again(notification: Notification, *, by: User, at: datetime) -> Notification:
    """A mail that failed or was muted waits for delivery anew, with all its attempts."""
    require(permissions.may_manage_outbox(by, on=timezone.localdate(at)))
    changed = Notification.objects.filter(
        pk=notification.pk,
        channel=Channel.MAIL,
        state__in=(Delivery.FAILED, Delivery.MUTED),
    ).update(state=Delivery.WAITING, attempts=0, due_at=at, failure="")
    if changed:
        transaction.on_commit(partial(bell.ring, DELIVER, notification.pk), robust=True)
    notification.refresh_from_db()
    return notification


@transaction.atomic
def mute(kind: str, *, person: User | None, by: User, at: datetime) -> Mute:
    """Keeps mail of this kind, to this person, from going out; also what waits already."""
    require(permissions.may_manage_outbox(by, on=timezone.localdate(at)))
    switch, _made = Mute.objects.get_or_create(
        kind=kind, person=person, defaults={"by": by, "at": at}
    )
    waiting = Notification.objects.filter(channel=Channel.MAIL, state=Delivery.WAITING)
    if kind:
        waiting = waiting.filter(entry__kind=kind)
    if person:
        waiting = waiting.filter(recipient=person)
    essential = [notice.kind for notice in notices.registered() if notice.essential]
    waiting.exclude(entry__kind__in=essential).update(state=Delivery.MUTED)
    return switch


@transaction.atomic
def unmute(switch: Mute, *, by: User, at: datetime) -> None:
    """Mail goes out again from now on; what was muted is sent only when somebody asks."""
    require(permissions.may_manage_outbox(by, on=timezone.localdate(at)))
    switch.delete()
