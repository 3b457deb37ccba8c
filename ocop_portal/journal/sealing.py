"""Seals entries in a chain, and closes each legal day with a head.

Acts do not wait for each other: they write their entries, and this seals what was committed, a few
seconds later and in one order. Who inserts an entry behind the back of the portal finds it sealed
as of now, or, where its id lies behind what was sealed long ago, not at all: that is a finding.
"""

import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from datetime import time as clock

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from ocop_portal.journal.chain import SEALED, START, link
from ocop_portal.journal.models import DayHead, Entry, HourHead, Seal

BATCH = 2_000
# Longer than any act takes: an id that appears so late behind sealed ones was not given then.
LATE = timedelta(hours=6)
LOOKED_BACK = 500
HOUR = timedelta(hours=1)


def seal_new(*, at: datetime, seconds: float = 20.0) -> int:
    """Seals what was committed and is not sealed yet, for about so long; says how many."""
    ends = time.monotonic() + seconds
    sealed, after = 0, settled_before(at)
    while True:
        last, count = _seal_batch(after, at)
        sealed += count
        if count < BATCH or time.monotonic() > ends:
            return sealed
        after = last


@transaction.atomic
def close_days(*, at: datetime) -> list[DayHead]:
    """Makes the heads that are missing, up to yesterday; a day without entries has one too."""
    # The lock keeps a seal from slipping into a day that is being closed.
    if Seal.objects.select_for_update().order_by("-number").first() is None:
        return []
    newest = DayHead.objects.first()
    day = newest.day + timedelta(days=1) if newest else first_day()
    made = []
    while day < timezone.localdate(at):
        number, digest = standing(day)
        made.append(DayHead.objects.create(day=day, number=number, hash=digest, made_at=at))
        day += timedelta(days=1)
    return made


@transaction.atomic
def mark_hour(*, at: datetime) -> HourHead | None:
    """Notes where the chain stands, an hour after the last time and only if it has grown since."""
    last = Seal.objects.select_for_update().order_by("-number").first()
    newest = HourHead.objects.first()
    if last is None or (
        newest is not None and (newest.number >= last.number or at - newest.made_at < HOUR)
    ):
        return None
    return HourHead.objects.create(number=last.number, hash=last.hash, made_at=at)


def keep_signature(head: DayHead | HourHead, *, token: str, key: str) -> None:
    """The head as it was signed above; a new signature replaces one whose key counts no more."""
    type(head).objects.filter(pk=head.pk).update(token=token, key=key)


def waiting(at: datetime, *, after: int | None = None) -> QuerySet[Entry]:
    """The entries that are still to be sealed, by id."""
    start = settled_before(at) if after is None else after
    return Entry.objects.filter(pk__gt=start, seal__isnull=True).order_by("pk")


def settled_before(at: datetime) -> int:
    """The id up to which everything was sealed long ago; what appears below it is too late."""
    old = Seal.objects.filter(sealed_at__lt=at - LATE).order_by("-number")[:LOOKED_BACK]
    return (
        Seal.objects.filter(pk__in=list(old.values_list("pk", flat=True))).aggregate(
            last=Max("entry_id")
        )["last"]
        or 0
    )


def first_day() -> date:
    """The legal day of the first seal."""
    return timezone.localdate(
        Seal.objects.order_by("number").values_list("sealed_at", flat=True)[0]
    )


def standing(day: date) -> tuple[int, str]:
    """The last number and hash of that day's end; (0, START) where nothing was sealed yet."""
    before = Seal.objects.filter(sealed_at__lt=_start_of(day + timedelta(days=1)))
    return before.order_by("-number").values_list("number", "hash").first() or (0, START)


def _seal_batch(after: int, at: datetime) -> tuple[int, int]:
    """The last id that was looked at and how many were sealed; 0 where somebody else was faster."""
    try:
        with transaction.atomic():
            return _sealed(waiting(at, after=after)[:BATCH].values_list(*SEALED), at)
    except IntegrityError:
        return after, 0


def _sealed(rows: Iterable[tuple[object, ...]], at: datetime) -> tuple[int, int]:
    last = Seal.objects.select_for_update().order_by("-number").first()
    number, digest = (last.number, last.hash) if last else (0, START)
    moment = _no_earlier(at, last)
    made, entry_id = [], 0
    for content in rows:
        number += 1
        digest = link(digest, number, moment, content)
        entry_id = int(str(content[0]))
        made.append(Seal(number=number, entry_id=entry_id, hash=digest, sealed_at=moment))
    Seal.objects.bulk_create(made)
    return entry_id, len(made)


def _no_earlier(at: datetime, last: Seal | None) -> datetime:
    """A clock that was set back does not open a closed day again."""
    head = DayHead.objects.first()
    known = [last.sealed_at] if last else []
    if head:
        known.append(_start_of(head.day + timedelta(days=1)))
    return max([at, *known])


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock.min))
