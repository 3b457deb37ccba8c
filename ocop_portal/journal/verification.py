"""Walks the chain and names what broke; reads only, a few thousand rows at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from ocop_portal.journal import sealing
from ocop_portal.journal.chain import SEALED, START, link
from ocop_portal.journal.models import DayHead, Entry, HourHead, Seal

CHUNK = 2_000
TOLD_EVERY = 50_000
COLUMNS = ("number", "hash", "sealed_at", *(f"entry__{name}" for name in SEALED))
Tell = Callable[[int], None]


def in_silence(_number: int) -> None:
    """For who wants no progress."""


@dataclass(frozen=True)
class Fault:
    """One thing that broke: where (a number of the chain, an entry, a day) and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True)
class KeptHead:
    """A head as somebody keeps it outside the portal."""

    day: date
    number: int
    hash: str


def faults(
    *, at: datetime, day: date | None = None, tell: Tell = lambda _n: None
) -> Iterator[Fault]:
    """Everything that broke, in the order of the chain: entries, late ones, heads.

    With a day, only what was sealed on it, and its head.
    """
    yield from _faults_of_links(_rows(day), day, tell)
    if day is None:
        yield from _faults_of_late(at)
        yield from _faults_of_days(at)
    for head in DayHead.objects.filter(**({"day": day} if day else {})).order_by("day"):
        yield from _faults_of_head(head)
    for mark in HourHead.objects.order_by("number"):
        if day is None or mark.day == day:
            yield from _faults_of_mark(mark)


def faults_against(kept: KeptHead) -> Iterator[Fault]:
    """What a head that was kept elsewhere says against the chain of today."""
    where = f"day {kept.day:%Y-%m-%d}"
    if kept.number == 0:
        return
    held = Seal.objects.filter(pk=kept.number).values_list("hash", flat=True).first()
    if held is None:
        yield Fault(where, f"the kept head counts {kept.number} entries; the chain is shorter now")
    elif held != kept.hash:
        yield Fault(
            where, f"the kept head says {kept.hash} at number {kept.number}; the chain says {held}"
        )


def _rows(day: date | None) -> Iterator[tuple[Any, ...]]:
    rows = Seal.objects.order_by("number")
    if day is not None:
        first, last = sealing.standing(day - timedelta(days=1))[0], sealing.standing(day)[0]
        rows = rows.filter(number__gt=first, number__lte=last)
    return rows.values_list(*COLUMNS).iterator(chunk_size=CHUNK)


def _faults_of_links(
    rows: Iterator[tuple[Any, ...]], day: date | None, tell: Tell
) -> Iterator[Fault]:
    """Each link against the one before it; after a fault the walk goes on from what is stored."""
    before = day - timedelta(days=1) if day else None
    number, previous = sealing.standing(before) if before else (0, START)
    for found, digest, sealed_at, *content in rows:
        yield from _faults_of_gap(number + 1, found)
        known = previous if found == number + 1 else _hash_at(found - 1)
        if known is not None and link(known, found, sealed_at, content) != digest:
            yield Fault(
                f"number {found}",
                f"entry {content[0]} ({content[1]} of {sealed_at:%Y-%m-%d %H:%M} UTC) is not what "
                "was sealed: it, its seal or its place in the order was changed",
            )
        number, previous = found, digest
        if number % TOLD_EVERY == 0:
            tell(number)
    last = (sealing.standing(day) if day else _end())[0]
    yield from _faults_of_gap(number + 1, last + 1)


def _end() -> tuple[int, str]:
    return Seal.objects.order_by("-number").values_list("number", "hash").first() or (0, START)


def _hash_at(number: int) -> str | None:
    return Seal.objects.filter(pk=number).values_list("hash", flat=True).first()


def _faults_of_gap(start: int, end: int) -> Iterator[Fault]:
    """Numbers that the walk did not meet: the entry is gone, or the seal with it."""
    if start >= end:
        return
    left = dict(Seal.objects.filter(pk__range=(start, end - 1)).values_list("pk", "entry_id"))
    for number, entry_id in left.items():
        yield Fault(f"number {number}", f"entry {entry_id} was deleted")
    if gone := end - start - len(left):
        yield Fault(
            f"numbers {start} to {end - 1}", f"{gone} seals were deleted, with or without entries"
        )


def _faults_of_late(at: datetime) -> Iterator[Fault]:
    """Entries that appeared among ids that were sealed long before."""
    unsealed = Entry.objects.filter(pk__lte=sealing.settled_before(at)).filter(
        ~Exists(Seal.objects.filter(entry=OuterRef("pk")))
    )
    for pk, kind in unsealed.order_by("pk").values_list("pk", "kind").iterator(chunk_size=CHUNK):
        yield Fault(f"entry {pk}", f"{kind} was inserted among entries that were sealed before it")


def _faults_of_days(at: datetime) -> Iterator[Fault]:
    """Days that have no head though the chain had begun; the last one has an hour's grace."""
    if not Seal.objects.exists():
        return
    known = set(DayHead.objects.values_list("day", flat=True))
    day, end = sealing.first_day(), timezone.localdate(at - timedelta(hours=1))
    while day < end:
        if day not in known:
            yield Fault(f"day {day:%Y-%m-%d}", "its head is missing")
        day += timedelta(days=1)


def _faults_of_mark(mark: HourHead) -> Iterator[Fault]:
    """An end that was forged after its hour, also where the whole rest was computed anew."""
    held = _hash_at(mark.number)
    if held != mark.hash:
        yield Fault(
            f"hour {mark.made_at:%Y-%m-%d %H:%M} UTC",
            f"its head says {mark.number} {mark.hash}; the chain says {held or 'nothing'}",
        )


def _faults_of_head(head: DayHead) -> Iterator[Fault]:
    number, digest = sealing.standing(head.day)
    if (head.number, head.hash) != (number, digest):
        yield Fault(
            f"day {head.day:%Y-%m-%d}",
            f"its head says {head.number} {head.hash}; the chain says {number} {digest}",
        )
