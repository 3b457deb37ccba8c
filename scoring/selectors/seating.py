"""Who sits at an item, who is present, whose sheet is in: never what stands in a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from scoring.domain.council import Member, Quorum, quorum
from scoring.domain.sheet import SheetState
from scoring.models import AgendaItem, Attendance, CouncilMember, Declaration, Sheet
from scoring.selectors.councils import by_seat, members
from scoring.selectors.sessions import day_of


@dataclass(frozen=True)
class Place:
    """A member at one item: what the board may say of a person before the sheets are in."""

    member: CouncilMember
    present: bool
    declared: bool
    in_conflict: bool
    state: SheetState | None
    submitted_at: datetime | None

    @property
    def is_voter(self) -> bool:
        return self.member.role.scores and not self.in_conflict

    @property
    def is_in(self) -> bool:
        return self.state in {SheetState.SUBMITTED, SheetState.LOCKED}

    def as_member(self) -> Member:
        return Member(self.member.pk, self.member.role, self.present, self.in_conflict)


def places_of(items: Sequence[AgendaItem]) -> dict[int, tuple[Place, ...]]:
    """Everybody's place at each of these items, in the order of the seats."""
    seated = _seated(items)
    present = _pairs(Attendance.objects.filter(session__in={item.session_id for item in items}))
    words = {
        (row.item_id, row.member_id): row.has_conflict
        for row in Declaration.objects.filter(item__in=items)
    }
    sheets = {
        (row.item_id, row.member_id, row.ballot): row
        for row in Sheet.objects.filter(item__in=items)
    }
    return {
        item.pk: tuple(
            _place(
                member,
                present=(item.session_id, member.pk) in present,
                word=words.get((item.pk, member.pk)),
                sheet=sheets.get((item.pk, member.pk, item.ballot)),
            )
            for member in seated[item.session.council_id]
            if member.is_in_office(day_of(item.session))
        )
        for item in items
    }


def _seated(items: Sequence[AgendaItem]) -> dict[int, list[CouncilMember]]:
    councils = {item.session.council_id for item in items}
    found: dict[int, list[CouncilMember]] = {council: [] for council in councils}
    for member in by_seat(members().filter(council__in=councils)):
        found[member.council_id].append(member)
    return found


def _pairs(rows: QuerySet[Attendance]) -> set[tuple[int, int]]:
    return set(rows.values_list("session", "member"))


def _place(
    member: CouncilMember, *, present: bool, word: bool | None, sheet: Sheet | None
) -> Place:
    return Place(
        member=member,
        present=present,
        declared=word is not None,
        in_conflict=word is True,
        state=sheet.status if sheet else None,
        submitted_at=sheet.submitted_at if sheet else None,
    )


def quorum_of(item: AgendaItem, places: Sequence[Place]) -> Quorum:
    members_there = [place.as_member() for place in places]
    return quorum(members_there, item.session.council.regulation)


def is_all_in(item: AgendaItem, places: Sequence[Place]) -> bool:
    """The quorum is met and every present voter's sheet is in."""
    waiting = any(place.is_voter and place.present and not place.is_in for place in places)
    return quorum_of(item, places).is_met and not waiting


def all_in_ids(items: Sequence[AgendaItem]) -> list[int]:
    """Those of the items of whose open ballot every sheet is in; as many queries for any number."""
    places = places_of(items)
    return [item.pk for item in items if is_all_in(item, places[item.pk])]
