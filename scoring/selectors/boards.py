"""What stands on the chair's board: presence, sheets that are in, and figures once all are.

Before every present voter's sheet is in and the quorum is met, the board holds no figure of any
sheet: neither a total nor a mean, and nothing from which one could be drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from scoring.domain import exclusions, gates
from scoring.domain.council import Member, Quorum, may_reconcile
from scoring.domain.figures import CriterionFigures, Figures, criterion_figures, figures_of
from scoring.domain.gates import GateSupport
from scoring.domain.rubric import Gate, Rubric
from scoring.domain.sheet import SheetState, Tally, chosen_points, tally
from scoring.models import AgendaItem, Mark, Sheet
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.seating import Place, is_all_in, places_of, quorum_of


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
    places = places_of([item])[item.pk]
    rubric = rubric_of(item.edition)
    grounds = frozenset(item.ground_findings.values_list("ground", flat=True))
    voters = [place.member.pk for place in places if place.is_voter and place.present]
    counted = _counted(item, rubric, grounds, voters) if is_all_in(item, places) else ()
    return Board(item, rubric, places, quorum_of(item, places), grounds, tuple(counted))


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
