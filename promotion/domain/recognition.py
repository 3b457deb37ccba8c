"""On which days a product held its star: the base of every figure "as of" a day.

A certificate counts from the day of its decision to the last day of validity (both included). It
stops counting on the legal day on which it is suspended or revoked, counts again from the day on
which a suspension is lifted, and gives way on the day of the next certificate's decision: a product
holds one star a day. A figure for a past day is therefore the same whenever it is asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from registry.domain.text import term
from scoring.domain.certificate_states import CertificateState

ONE_DAY = timedelta(days=1)


class Turn(StrEnum):
    """Whether a recognition is the product's first, raised its star, or renewed it."""

    FIRST = "first"
    UPGRADE = "upgrade"
    RENEWAL = "renewal"

    @property
    def label(self) -> str:
        return _TURNS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(turn.value, turn.label) for turn in cls]


def turn_of(stars: int, before: int | None) -> Turn:
    """What a recognition is to the one before it."""
    if before is None:
        return Turn.FIRST
    return Turn.UPGRADE if stars > before else Turn.RENEWAL


def parted(span: "Span", cuts: Iterable[date]) -> "list[Span]":
    """The span cut so that each part begins on a cut inside it."""
    inner = sorted({cut for cut in cuts if span.starts_on < cut <= span.ends_on})
    starts = [span.starts_on, *inner]
    ends = [*(cut - ONE_DAY for cut in inner), span.ends_on]
    return [Span(first, last) for first, last in zip(starts, ends, strict=True)]


@dataclass(frozen=True)
class Change:
    """On this day the certificate came into this state."""

    on: date
    state: str


@dataclass(frozen=True)
class Span:
    """An unbroken run of days, both ends included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Held:
    """One certificate of a product with what happened to it."""

    issued_on: date
    valid_until: date
    changes: tuple[Change, ...] = ()


def spans_in_turn(held: Sequence[Held]) -> list[tuple[Span, ...]]:
    """The runs of days of each certificate of one product, given the oldest first.

    The next decision ends a certificate by itself, also while the register still calls it valid.
    """
    found = []
    for place, each in enumerate(held):
        following = held[place + 1 : place + 2]
        ended = tuple(Change(next_.issued_on, CertificateState.SUPERSEDED) for next_ in following)
        found.append(spans(each.issued_on, each.valid_until, each.changes + ended))
    return found


def spans(issued_on: date, valid_until: date, changes: Iterable[Change]) -> tuple[Span, ...]:
    """The runs of days on which the certificate counted, the earliest first.

    Changes of one day are taken in the order given, so that the last one of a day holds.
    """
    found: list[Span] = []
    opened: date | None = issued_on
    for change in sorted(changes, key=lambda change: change.on):
        if change.state == CertificateState.VALID:
            opened = opened or max(change.on, issued_on)
        elif opened is not None:
            found.append(Span(opened, min(change.on - ONE_DAY, valid_until)))
            opened = None
    if opened is not None:
        found.append(Span(opened, valid_until))
    return tuple(_joined(span for span in found if span.starts_on <= span.ends_on))


def _joined(found: Iterable[Span]) -> list[Span]:
    """Runs that touch are one run: a suspension lifted on its own day left no gap."""
    joined: list[Span] = []
    for span in found:
        if joined and span.starts_on <= joined[-1].ends_on + ONE_DAY:
            joined[-1] = Span(joined[-1].starts_on, max(joined[-1].ends_on, span.ends_on))
        else:
            joined.append(span)
    return joined


@dataclass(frozen=True)
class Run:
    """A run of days as it is counted: its facts while it lasts, and how it ended."""

    starts_on: date
    ends_on: date
    facts: tuple[object, ...]
    ending: tuple[object, ...] = ()


def changed_from(before: Iterable[Run], after: Iterable[Run]) -> date | None:
    """The first day whose figures may differ between the two; None where nothing does.

    Runs of one product never begin on the same day. One that only ends otherwise tells nothing
    else of its days up to the earlier end.
    """
    was, now = ({run.starts_on: run for run in runs} for runs in (before, after))
    days = [_parting(was.get(day), now.get(day), day) for day in was.keys() | now.keys()]
    return min((day for day in days if day), default=None)


def _parting(one: Run | None, other: Run | None, starts_on: date) -> date | None:
    if one == other:
        return None
    if one and other and one.facts == other.facts:
        return min(one.ends_on, other.ends_on) + ONE_DAY
    return starts_on


_TURNS = {
    Turn.FIRST: term("Công nhận lần đầu"),
    Turn.UPGRADE: term("Nâng hạng"),
    Turn.RENEWAL: term("Công nhận lại"),
}
