"""The journal held against its chain, its signed heads, and heads kept elsewhere."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from ocop_portal.journal import verification
from ocop_portal.journal.models import DayHead, HourHead
from ocop_portal.journal.verification import Fault, KeptHead, Tell, in_silence
from registry.domain.errors import RuleBroken
from scoring.domain.journal_heads import Head, head_in
from scoring.selectors.credentials import published_keys

UNSIGNED_FOR = timedelta(hours=1)


def journal_faults(
    *,
    at: datetime,
    day: date | None = None,
    kept: Iterable[Head] = (),
    tell: Tell = in_silence,
) -> Iterator[Fault]:
    """Everything that broke: links, entries, heads, signatures; then what kept heads say."""
    yield from verification.faults(at=at, day=day, tell=tell)
    keys = published_keys()
    for row in DayHead.objects.filter(**({"day": day} if day else {})).order_by("day"):
        yield from _faults_of_signature(f"day {row.day:%Y-%m-%d}", row, keys, at)
    for mark in HourHead.objects.order_by("number"):
        if day is None or mark.day == day:
            where = f"hour {mark.made_at:%Y-%m-%d %H:%M} UTC"
            yield from _faults_of_signature(where, mark, keys, at)
    for head in kept:
        yield from verification.faults_against(KeptHead(head.day, head.number, head.hash))


def _faults_of_signature(
    where: str, row: DayHead | HourHead, keys: list[dict[str, str]], at: datetime
) -> Iterator[Fault]:
    if not row.token:
        if at - row.made_at > UNSIGNED_FOR:
            yield Fault(where, "its head was never signed")
        return
    try:
        signed = head_in(row.token, keys)
    except RuleBroken as refusal:
        yield Fault(where, f"the signature of its head does not hold ({refusal.code})")
        return
    if signed != Head(row.day, row.number, row.hash):
        yield Fault(where, f"its head says {row.number} {row.hash}; what was signed: {signed}")
