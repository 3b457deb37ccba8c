"""What happened to stars in a period: a balance that adds up, star by star.

A run is an unbroken time in which a product held a star by one certificate (the rows behind every
star figure). A product enters where a run begins and none of its runs ended the day before; it
leaves where a run ended and none follows on the next day; where one run follows another at once
with other stars, the product moves from one column to the next. So for each star

    opening + first + again + restored + risen into - moved out - expired - revoked - suspended
    = closing

and nothing has to be believed. A decision of recognition is counted on its own day, whatever
became of the certificate afterwards.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from promotion.domain.recognition import Turn, turn_of
from registry.domain.text import term
from reporting.domain.periods import Period
from scoring.domain.certificate_states import CertificateState

ONE_DAY = timedelta(days=1)


class Flow(StrEnum):
    """Why the number of products with a star changed."""

    FIRST = "first"
    AGAIN = "again"
    RESTORED = "restored"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUSPENDED = "suspended"

    @property
    def label(self) -> str:
        """As a line of the balance, with its sign."""
        return _LABELS[self]

    @property
    def sign(self) -> int:
        """1 where products come to a star, -1 where they leave it."""
        return 1 if self in _COMING else -1


@dataclass(frozen=True)
class Run:
    """A run of days of a product; `places` are what tables may count by (set, unit).

    `begins_by_decision` is false where it begins in the middle of a certificate: a suspension was
    lifted, or only the subject's legal form changed. `ended_by` is the state that cut it short,
    empty where it ran to its last day of validity; the neighbours tell what lies at its ends.
    """

    stars: int
    starts_on: date
    ends_on: date
    turn: Turn
    begins_by_decision: bool
    stars_before: int | None = None
    stars_after: int | None = None
    ended_by: str = ""
    places: tuple[Hashable, ...] = ()


@dataclass(frozen=True)
class Event:
    """One change of one product in the period."""

    flow: Flow
    stars: int
    places: tuple[Hashable, ...]


@dataclass(frozen=True)
class Decided:
    """One decision of recognition in the period."""

    turn: Turn
    stars: int
    places: tuple[Hashable, ...]


def events_in(runs: Iterable[Run], period: Period) -> list[Event]:
    """Every entering, leaving and moving of the period."""
    found = []
    for run in runs:
        if period.first <= run.starts_on <= period.last:
            found += [Event(flow, run.stars, run.places) for flow in _beginning(run)]
        if period.first <= run.ends_on + ONE_DAY <= period.last:
            found += [Event(flow, run.stars, run.places) for flow in _ending(run)]
    return found


def decided_in(runs: Iterable[Run], period: Period) -> list[Decided]:
    """Every decision of the period; of a product that held a star until then, by the stars.

    So a centre that raises what a province has just recognised makes no second first time.
    """
    return [
        Decided(_turn_of(run), run.stars, run.places)
        for run in runs
        if run.begins_by_decision and period.first <= run.starts_on <= period.last
    ]


@dataclass(frozen=True)
class BalanceRow:
    """A line of the balance: products of each star, in the order of the table."""

    flow: Flow
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Balance:
    """Opening, every flow with its sign, closing; for each star and in all."""

    stars: tuple[int, ...]
    opening: tuple[int, ...]
    rows: tuple[BalanceRow, ...]
    closing: tuple[int, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the closing figures are what the flows make of the opening ones."""
        reached = list(self.opening)
        for row in self.rows:
            for place, count in enumerate(row.counts):
                reached[place] += row.flow.sign * count
        return tuple(reached) == self.closing


def balance(
    opening: Mapping[int, int],
    events: Iterable[Event],
    closing: Mapping[int, int],
    *,
    stars: tuple[int, ...],
) -> Balance:
    """The balance of a period from what stood at both ends and what happened between."""
    counts = Counter((event.flow, event.stars) for event in events)
    return Balance(
        stars=stars,
        opening=tuple(opening.get(star, 0) for star in stars),
        rows=tuple(BalanceRow(flow, tuple(counts[flow, star] for star in stars)) for flow in Flow),
        closing=tuple(closing.get(star, 0) for star in stars),
    )


@dataclass(frozen=True)
class PlaceRow:
    """One set or one unit: what it had, what was decided and lost in the period, what it has."""

    value: Hashable
    opening: int = 0
    first: int = 0
    renewed: int = 0
    upgraded: int = 0
    expired: int = 0
    revoked: int = 0
    suspended: int = 0
    closing: int = 0

    @property
    def figures(self) -> tuple[int, ...]:
        return (
            self.opening,
            self.first,
            self.renewed,
            self.upgraded,
            self.expired,
            self.revoked,
            self.suspended,
            self.closing,
        )


def place_rows(
    opening: Mapping[Hashable, int],
    closing: Mapping[Hashable, int],
    *,
    decided: Iterable[Decided],
    events: Iterable[Event],
    place: int,
) -> list[PlaceRow]:
    """One row for each value of the place that had, got, lost or has a star; in no order."""
    turns = Counter((each.places[place], each.turn) for each in decided)
    lost = Counter((each.places[place], each.flow) for each in events)
    values = {value for value, _turn in turns} | {value for value, _flow in lost}
    return [
        PlaceRow(
            value,
            opening=opening.get(value, 0),
            first=turns[value, Turn.FIRST],
            renewed=turns[value, Turn.RENEWAL],
            upgraded=turns[value, Turn.UPGRADE],
            expired=lost[value, Flow.EXPIRED],
            revoked=lost[value, Flow.REVOKED],
            suspended=lost[value, Flow.SUSPENDED],
            closing=closing.get(value, 0),
        )
        for value in values | set(opening) | set(closing)
    ]


def _turn_of(run: Run) -> Turn:
    if run.turn is not Turn.FIRST:
        return run.turn
    return turn_of(run.stars, run.stars_before)


def _beginning(run: Run) -> list[Flow]:
    if run.stars_before is not None:
        return [Flow.MOVED_IN] if run.stars_before != run.stars else []
    if not run.begins_by_decision:
        return [Flow.RESTORED]
    return [Flow.FIRST if run.turn is Turn.FIRST else Flow.AGAIN]


def _ending(run: Run) -> list[Flow]:
    if run.stars_after is not None:
        return [Flow.MOVED_OUT] if run.stars_after != run.stars else []
    if run.ended_by == CertificateState.SUSPENDED:
        return [Flow.SUSPENDED]
    return [Flow.REVOKED if run.ended_by else Flow.EXPIRED]


_COMING = frozenset({Flow.FIRST, Flow.AGAIN, Flow.RESTORED, Flow.MOVED_IN})
_LABELS = {
    Flow.FIRST: term("+ Công nhận lần đầu"),
    Flow.AGAIN: term("+ Công nhận lại sau khi đã mất hạng"),
    Flow.RESTORED: term("+ Hết tạm dừng"),
    Flow.MOVED_IN: term("+ Chuyển đến từ hạng khác"),
    Flow.MOVED_OUT: term("− Chuyển sang hạng khác"),
    Flow.EXPIRED: term("− Hết hạn"),
    Flow.REVOKED: term("− Bị thu hồi"),
    Flow.SUSPENDED: term("− Bị tạm dừng"),
}
