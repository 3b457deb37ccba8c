"""The minutes of a session, drawn up from what is stored.

Members of the council find every sheet with its name; others find the totals of the ballots
without names. Of a product that is not open to the reader, or that is still being scored, only
the title and the state stand there.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ocop_portal.accounts.models import User
from scoring.domain.ballots import BallotKind
from scoring.domain.council import Quorum, Seat, spread
from scoring.domain.session_states import ItemState
from scoring.domain.sheet import SheetState
from scoring.models import (
    AgendaItem,
    Ballot,
    CouncilMember,
    Declaration,
    GateFinding,
    GroundFinding,
    Rating,
    Session,
    Sheet,
)
from scoring.selectors.councils import roster, seat_of
from scoring.selectors.evidence_flags import FlagRow, flags_of_sheets, links_with_papers
from scoring.selectors.ratings import ratings
from scoring.selectors.rechecks import stored_sheets
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.seating import places_of, quorum_of
from scoring.selectors.sessions import agenda_for, day_of

Row = TypeVar("Row", Ballot, GateFinding, GroundFinding)


@dataclass(frozen=True)
class SheetLine:
    """One sheet of a ballot; `member` is None where the reader does not see whose it is."""

    member: CouncilMember | None
    total: int


@dataclass(frozen=True)
class BallotLines:
    """One ballot with its sheets; `opened` is None for the first."""

    number: int
    opened: Ballot | None
    sheets: tuple[SheetLine, ...]

    @property
    def kind(self) -> BallotKind | None:
        return BallotKind(self.opened.kind) if self.opened else None

    @property
    def spread(self) -> int:
        return spread([line.total for line in self.sheets])


@dataclass(frozen=True)
class MinutesItem:
    """One dossier in the minutes; without `is_open` only its title stands there.

    `stand_in` presided over this product because who leads the session was in conflict with it.
    """

    item: AgendaItem
    is_open: bool
    quorum: Quorum
    conflicts: tuple[CouncilMember, ...]
    ballots: tuple[Ballot, ...]
    sheets: tuple[BallotLines, ...]
    gates: tuple[GateFinding, ...]
    grounds: tuple[GroundFinding, ...]
    rating: Rating | None
    flags: tuple[FlagRow, ...] = ()
    stand_in: CouncilMember | None = None

    @property
    def ended_without_result(self) -> bool:
        return self.item.status in {ItemState.WITHOUT_RESULT, ItemState.STOPPED}


@dataclass(frozen=True)
class Minutes:
    """Who was there, who was not, and what came of each dossier."""

    present: tuple[CouncilMember, ...]
    absent: tuple[CouncilMember, ...]
    items: tuple[MinutesItem, ...]

    @property
    def chair(self) -> CouncilMember | None:
        return next((member for member in self.present if member.role.may_preside), None)

    @property
    def secretary(self) -> CouncilMember | None:
        return next((member for member in self.present if member.role is Seat.SECRETARY), None)


def minutes_of(session: Session, user: User, on: date) -> Minutes:
    """The minutes as this reader may see them: what is hidden on the agenda is hidden here."""
    agenda = agenda_for(session, user, on)
    is_member = seat_of(user, session.council, on) is not None
    open_ids = [row.item.pk for row in agenda if row.may_read]
    return _drawn_up(session, [row.item for row in agenda], open_ids, named=is_member)


def extract_of(item: AgendaItem) -> Minutes:
    """What the minutes say of one product, sheets with their names: for the level above."""
    return _drawn_up(item.session, [item], [item.pk], named=True)


def _drawn_up(
    session: Session, items: Sequence[AgendaItem], open_ids: Sequence[int], *, named: bool
) -> Minutes:
    seated = roster(session.council, day_of(session))
    present = set(session.attendance.values_list("member", flat=True))
    ended = [item.pk for item in items if item.pk in open_ids and not item.status.is_pending]
    places = places_of(items)
    ballots = _by_item(Ballot.objects.filter(item__in=open_ids).order_by("item_id", "number"))
    sheets = _sheets(ended, ballots, named=named)
    gates = _by_item(GateFinding.objects.filter(item__in=ended).order_by("item_id", "star", "id"))
    grounds = _by_item(
        GroundFinding.objects.filter(item__in=ended).select_related("by").order_by("item_id", "id")
    )
    conflicts = _conflicts(items)
    results = {rating.item_id: rating for rating in ratings().filter(item__in=ended)}
    return Minutes(
        present=tuple(member for member in seated if member.pk in present),
        absent=tuple(member for member in seated if member.pk not in present),
        items=tuple(
            MinutesItem(
                item=item,
                is_open=item.pk in open_ids,
                quorum=quorum_of(item, places[item.pk]),
                conflicts=tuple(conflicts.get(item.pk, ())),
                ballots=tuple(ballots.get(item.pk, ())),
                sheets=tuple(sheets.get(item.pk, ())),
                gates=tuple(gates.get(item.pk, ())),
                grounds=tuple(grounds.get(item.pk, ())),
                rating=results.get(item.pk),
                flags=_flags(results.get(item.pk), session),
                stand_in=_stand_in(quorum_of(item, places[item.pk]), seated, present),
            )
            for item in items
        ),
    )


def _stand_in(
    found: Quorum, seated: Sequence[CouncilMember], present: Collection[int]
) -> CouncilMember | None:
    leading = next((each for each in seated if each.pk in present and each.role.may_preside), None)
    if found.presiding is None or leading is None or found.presiding.id == leading.pk:
        return None
    return next((each for each in seated if each.pk == found.presiding.id), None)


def _conflicts(items: Sequence[AgendaItem]) -> dict[int, list[CouncilMember]]:
    found: dict[int, list[CouncilMember]] = {}
    words = Declaration.objects.filter(item__in=items, has_conflict=True)
    for word in words.select_related("member__user").order_by("item_id", "member_id"):
        found.setdefault(word.item_id, []).append(word.member)
    return found


def _by_item(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found


def _sheets(
    items: Sequence[int], ballots: Mapping[int, Sequence[Ballot]], *, named: bool
) -> dict[int, list[BallotLines]]:
    """The sheets that were handed in, ballot by ballot; without names from the highest down."""
    lines: dict[tuple[int, int], list[SheetLine]] = {}
    rows = Sheet.objects.filter(item__in=items, total__isnull=False)
    rows = rows.exclude(state=SheetState.DRAFT).select_related("member__user")
    for sheet in rows.order_by("item_id", "ballot", "member_id"):
        line = SheetLine(sheet.member if named else None, sheet.total or 0)
        lines.setdefault((sheet.item_id, sheet.ballot), []).append(line)
    opened = {(row.item_id, row.number): row for each in ballots.values() for row in each}
    found: dict[int, list[BallotLines]] = {}
    for (item, number), sheets in lines.items():
        ordered = sheets if named else sorted(sheets, key=lambda line: -line.total)
        found.setdefault(item, []).append(
            BallotLines(number, opened.get((item, number)), tuple(ordered))
        )
    return found


def _flags(rating: Rating | None, session: Session) -> tuple[FlagRow, ...]:
    """Options of the counted sheets whose papers were missing, or run out, on the day."""
    if rating is None:
        return ()
    sheets = [sheet.choices for sheet in stored_sheets(rating)]
    rubric, dossier = rubric_of(rating.edition), rating.item.dossier
    links = links_with_papers(dossier)
    return tuple(flags_of_sheets(dossier, rubric, sheets, links=links, on=day_of(session)))
