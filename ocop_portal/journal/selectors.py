"""What the journal knows: notices of a person, the outbox, the history of a thing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from django.db.models import F, Model, Q, QuerySet

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, permissions, wording
from ocop_portal.journal.models import Channel, Entry, Mute, Notification

HISTORY_LENGTH = 200


@dataclass(frozen=True)
class HistoryLine:
    """One line of a timeline: when, what, by whom."""

    at: datetime
    title: str
    text: str
    actor: str
    times: int = 1


def notices_for(user: User) -> QuerySet[Notification]:
    """What the person was told in the portal: unread first, then the newest."""
    return (
        Notification.objects.filter(recipient=user, channel=Channel.PORTAL)
        .select_related("entry")
        .order_by(F("read_at").desc(nulls_first=True), "-pk")
    )


def unread_count(user: User) -> int:
    """How many notices the person has not opened."""
    return Notification.objects.filter(
        recipient=user, channel=Channel.PORTAL, read_at__isnull=True
    ).count()


def outbox_for(user: User, *, on: date) -> QuerySet[Notification]:
    """Notices that went or go out: all for who looks after them, else those of one's own deeds."""
    rows = Notification.objects.select_related("entry", "recipient").order_by("-pk")
    return rows if permissions.may_see_outbox(user, on=on) else rows.filter(entry__actor=user)


def letters_about(thing: Model) -> QuerySet[Notification]:
    """The mails that went or go out about a thing, the newest first."""
    return Notification.objects.filter(
        channel=Channel.MAIL,
        entry__subject_type=thing._meta.label_lower,
        entry__subject_id=thing.pk,
    ).order_by("-pk")


def mutes_for(user: User, *, on: date) -> QuerySet[Mute]:
    """The switches that keep mail from going out, for who looks after them."""
    rows = Mute.objects.select_related("person", "by").order_by("kind", "pk")
    return rows if permissions.may_manage_outbox(user, on=on) else rows.none()


def entries_about(thing: Model, *, kind: str, since: datetime) -> QuerySet[Entry]:
    """The entries of one kind about a thing since a moment, the newest first."""
    about = Q(subject_type=thing._meta.label_lower, subject_id=thing.pk)
    return Entry.objects.filter(about, kind=kind, at__gt=since).order_by("-at", "-pk")


def history_of(
    *things: Model, kinds_told: Collection[str] | None = None, names_people: bool = True
) -> list[HistoryLine]:
    """What happened to these things, the newest first, in words for the screen.

    The page that shows it has asked whether its reader may see the things; where a reader may
    know less than others, `kinds_told` names what is told, and without `names_people` nobody is
    named. What one person did again and again
    (a draft that saves itself) is one line with its number.
    """
    if not things:
        return []
    about = Q()
    for thing in things:
        about |= Q(subject_type=thing._meta.label_lower, subject_id=thing.pk)
    entries = Entry.objects.filter(about).select_related("actor").order_by("-at", "-pk")
    if kinds_told is not None:
        entries = entries.filter(kind__in=kinds_told)
    lines = [_line(entry) for entry in entries[:HISTORY_LENGTH]]
    return _gathered(lines if names_people else [replace(line, actor="") for line in lines])


def _line(entry: Entry) -> HistoryLine:
    return HistoryLine(
        at=entry.at,
        title=kinds.title_of(entry.kind),
        text=wording.text_of(entry),
        actor=str(entry.actor or ""),
    )


def _gathered(lines: Iterable[HistoryLine]) -> list[HistoryLine]:
    """Lines that say the same after each other as one, at the time of the newest."""
    gathered = []
    for _said, alike in groupby(lines, key=lambda line: (line.title, line.text, line.actor)):
        newest, *earlier = alike
        gathered.append(replace(newest, times=len(earlier) + 1))
    return gathered
