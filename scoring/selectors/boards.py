"""What stands on the chair's board: presence, sheets that are in, and figures once all are.

Before every present voter's sheet is in and the quorum is met, the board holds no figure of any
sheet: neither a total nor a mean, and nothing from which one could be drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from scoring.domain import exclusions, gates
from scoring.domain.council import Member, Quorum, may_reconcile, quorum
from scoring.domain.figures import CriterionFigures, Figures, criterion_figures, figures_of
from scoring.domain.gates import GateSupport
from scoring.domain.rubric import Gate, Rubric
from scoring.domain.sheet import SheetState, Tally, chosen_points, tally
from scoring.models import AgendaItem, CouncilMember, Mark, Sheet
from scoring.selectors.councils import roster
from scoring.selectors.rubrics import rubric_of
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


@dataclass(frozen=True)
class CountedSheet:
    """A present voter's submitted sheet with what it adds up to."""

    sheet: Sheet
    choices: Mapping[str, str | None]
    tally: Tally
    stopped_by: tuple[str, ...]


@dataclass(frozen=True)
class StopSupport:
    """A ground that ends the scoring, and on how many counted sheets it follows."""

    ground: str
    sheets: int
    of: int

    @property
    def is_majority(self) -> bool:
        return self.sheets * 2 > self.of


@dataclass(frozen=True)
class Board:
    """An item's ballot as the chair sees it; `sheets` and figures are empty until all are in."""

    item: AgendaItem
    rubric: Rubric
    places: tuple[Place, ...]
    quorum: Quorum
    grounds: frozenset[str]
    sheets: tuple[CountedSheet, ...]

    @property
    def members(self) -> list[Member]:
        return [place.as_member() for place in self.places]

    @property
    def submitted(self) -> int:
        return sum(place.is_in for place in self.places if place.is_voter and place.present)

    @property
    def all_in(self) -> bool:
        return bool(self.sheets)

    @property
    def totals(self) -> dict[int, int]:
        """Totals by member, empty until all are in."""
        return {counted.sheet.member_id: counted.tally.total for counted in self.sheets}

    @property
    def figures(self) -> Figures | None:
        return figures_of(list(self.totals.values())) if self.sheets else None

    @property
    def spread_too_wide(self) -> bool:
        limit = self.item.session.council.max_spread
        return self.figures is not None and self.figures.spread > limit

    @property
    def round_left(self) -> bool:
        return may_reconcile(self.item.ballot, self.item.session.council.regulation)

    @property
    def criteria(self) -> tuple[CriterionFigures, ...]:
        """Per criterion what the members gave, empty until all are in."""
        if not self.sheets:
            return ()
        return criterion_figures(
            tuple(self.rubric.by_code), [counted.tally.points for counted in self.sheets]
        )

    @property
    def gate_support(self) -> tuple[GateSupport, ...]:
        """How many of the counted sheets meet each gate."""
        return gates.support(self.rubric, [counted.tally.points for counted in self.sheets])

    @property
    def stops(self) -> tuple[StopSupport, ...]:
        """Grounds that follow from counted sheets and would end the scoring."""
        found = [ground for counted in self.sheets for ground in counted.stopped_by]
        return tuple(
            StopSupport(ground, found.count(ground), len(self.sheets))
            for ground in dict.fromkeys(found)
        )


def board_of(item: AgendaItem) -> Board:
    """The board of the item's open (or last) ballot."""
    places = tuple(_places(item))
    rubric = rubric_of(item.edition)
    found = quorum([place.as_member() for place in places], item.session.council.regulation)
    grounds = frozenset(item.ground_findings.values_list("ground", flat=True))
    voting = [place for place in places if place.is_voter and place.present]
    all_in = found.is_met and all(place.is_in for place in voting)
    counted = _counted(item, rubric, grounds, [place.member.pk for place in voting])
    return Board(item, rubric, places, found, grounds, tuple(counted) if all_in else ())


def proposed_findings(board: Board) -> dict[tuple[str, int], bool]:
    """For every gate what the majority of the counted sheets says: a proposal, no finding."""
    return {
        (support.gate.criterion, support.gate.star): support.meeting * 2 > support.sheets
        for support in board.gate_support
    }


def gates_to_find(rubric: Rubric, band: int) -> list[Gate]:
    """The gates on which the council must have a finding before a result of this band."""
    return [gate for gate in rubric.gates if gate.star <= band]


def sheets_of_ballot(item: AgendaItem, ballot: int) -> QuerySet[Sheet]:
    """The sheets of one ballot with their marks."""
    return (
        Sheet.objects.filter(item=item, ballot=ballot)
        .select_related("member__user")
        .prefetch_related(Prefetch("marks", queryset=Mark.objects.order_by("id")))
        .order_by("member_id")
    )


def choices_of(sheet: Sheet) -> dict[str, str | None]:
    """What was chosen, by criterion."""
    return {mark.criterion: mark.option for mark in sheet.marks.all()}


def _places(item: AgendaItem) -> list[Place]:
    session = item.session
    present = set(session.attendance.values_list("member", flat=True))
    declared = dict(item.declarations.values_list("member", "has_conflict"))
    sheets = {sheet.member_id: sheet for sheet in item.sheets.filter(ballot=item.ballot)}
    return [
        Place(
            member=member,
            present=member.pk in present,
            declared=member.pk in declared,
            in_conflict=declared.get(member.pk, False),
            state=sheets[member.pk].status if member.pk in sheets else None,
            submitted_at=sheets[member.pk].submitted_at if member.pk in sheets else None,
        )
        for member in roster(session.council, day_of(session))
    ]


def _counted(
    item: AgendaItem, rubric: Rubric, grounds: frozenset[str], voters: list[int]
) -> list[CountedSheet]:
    found = []
    for sheet in sheets_of_ballot(item, item.ballot):
        if sheet.member_id in voters and sheet.status is not SheetState.DRAFT:
            choices = choices_of(sheet)
            found.append(
                CountedSheet(
                    sheet,
                    choices,
                    tally(rubric, choices, grounds),
                    exclusions.stopped_by(rubric, chosen_points(rubric, choices), grounds),
                )
            )
    return found
