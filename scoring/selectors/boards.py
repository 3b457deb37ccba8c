"""What stands on the chair's board: presence, sheets that are in, and figures once all are.

Before every present voter's sheet is in and the quorum is met, the board holds no figure of any
sheet: neither a total nor a mean, and nothing from which one could be drawn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet

from registry.selectors import regime
from scoring.domain import exclusions, gates
from scoring.domain.ballots import BallotKind, awaits_tests, has_round_left
from scoring.domain.council import Member, Quorum
from scoring.domain.figures import CriterionFigures, Figures, criterion_figures, figures_of
from scoring.domain.gates import GateSupport
from scoring.domain.rubric import Gate, Rubric
from scoring.domain.sheet import SheetState, Tally, chosen_points, tally
from scoring.models import AgendaItem, Ballot, GroundFinding, Mark, Sheet
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
class CriterionRow:
    """A criterion on the board: its name, what it is worth, how the members marked it."""

    name: str
    most: int
    figures: CriterionFigures


@dataclass(frozen=True)
class Board:
    """An item's ballot as the chair sees it; `sheets` and figures are empty until all are in."""

    item: AgendaItem
    rubric: Rubric
    places: tuple[Place, ...]
    quorum: Quorum
    grounds: frozenset[str]
    sheets: tuple[CountedSheet, ...]
    further: tuple[BallotKind, ...] = ()

    @property
    def members(self) -> list[Member]:
        return [place.as_member() for place in self.places]

    @property
    def submitted(self) -> int:
        return sum(place.is_in for place in self.places if place.is_voter and place.present)

    @property
    def dots(self) -> list[bool]:
        """One for each sheet that is waited for, those that are in first: whose is not told."""
        return [place < self.submitted for place in range(self.quorum.present)]

    @property
    def band_edges(self) -> list[int]:
        """Where one star's band ends and the next begins, by the dossier's regime."""
        return [band.at_least for band in regime(self.item.dossier.regime).bands if band.at_least]

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
        return has_round_left(self.further, self.item.session.council.regulation)

    @property
    def awaits_tests(self) -> bool:
        """Whether the regulation asks for a round after the test results that is still to come."""
        return awaits_tests(self.further, self.item.session.council.regulation)

    @property
    def criteria(self) -> tuple[CriterionFigures, ...]:
        """Per criterion what the members gave, empty until all are in."""
        if not self.sheets:
            return ()
        return criterion_figures(
            tuple(self.rubric.by_code), [counted.tally.points for counted in self.sheets]
        )

    @property
    def criterion_rows(self) -> list[CriterionRow]:
        """The criteria with their names, empty until all are in."""
        return [
            CriterionRow(self.rubric.by_code[row.code].name, self.rubric.by_code[row.code].max, row)
            for row in self.criteria
        ]

    @property
    def widest(self) -> list[CriterionRow]:
        """The criteria on which the members are apart, the widest first."""
        apart = [row for row in self.criterion_rows if row.figures.deviation]
        return sorted(apart, key=lambda row: -row.figures.deviation)

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
    return boards_of([item])[item.pk]


def boards_of(items: Sequence[AgendaItem]) -> dict[int, Board]:
    """The boards of these items, by item; as many queries for any number."""
    places = places_of(items)
    complete = [item for item in items if is_all_in(item, places[item.pk])]
    grounds = _grounds_of(items)
    sheets = _sheets_of(complete)
    further = _further_ballots(items)
    return {
        item.pk: Board(
            item,
            rubric_of(item.edition),
            places[item.pk],
            quorum_of(item, places[item.pk]),
            grounds[item.pk],
            tuple(_counted(item, places[item.pk], grounds[item.pk], sheets.get(item.pk, []))),
            further.get(item.pk, ()),
        )
        for item in items
    }


def proposed_findings(board: Board) -> dict[tuple[str, int], bool]:
    """For every gate what the majority of the counted sheets says: a proposal, no finding."""
    return {
        (support.gate.criterion, support.gate.star): support.meeting * 2 > support.sheets
        for support in board.gate_support
    }


def mark_of_findings(item: AgendaItem) -> str:
    """A mark that changes with each recorded finding; empty before the first."""
    newest = item.gate_findings.order_by("-at", "-id").first()
    return f"{newest.at.isoformat()}/{newest.by_id}" if newest else ""


def gates_to_find(rubric: Rubric, band: int) -> list[Gate]:
    """The gates on which the council must have a finding before a result of this band."""
    return [gate for gate in rubric.gates if gate.star <= band]


def sheets_of_ballot(item: AgendaItem, ballot: int) -> QuerySet[Sheet]:
    """The sheets of one ballot with their marks."""
    return _with_marks(Sheet.objects.filter(item=item, ballot=ballot))


def choices_of(sheet: Sheet) -> dict[str, str | None]:
    """What was chosen, by criterion."""
    return {mark.criterion: mark.option for mark in sheet.marks.all()}


def _grounds_of(items: Sequence[AgendaItem]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {item.pk: set() for item in items}
    rows = GroundFinding.objects.filter(item__in=items).order_by("id")
    for item, ground in rows.values_list("item", "ground"):
        found[item].add(ground)
    return {item: frozenset(each) for item, each in found.items()}


def _further_ballots(items: Sequence[AgendaItem]) -> dict[int, tuple[BallotKind, ...]]:
    """The kinds of the ballots after the first; most items have none, and need no question."""
    again = [item for item in items if item.ballot > 1]
    found: dict[int, tuple[BallotKind, ...]] = {}
    if again:
        rows = Ballot.objects.filter(item__in=again).order_by("item_id", "number")
        for item, kind in rows.values_list("item", "kind"):
            found[item] = (*found.get(item, ()), BallotKind(kind))
    return found


def _sheets_of(items: Sequence[AgendaItem]) -> dict[int, list[Sheet]]:
    """The sheets of the open ballots; nothing is read of an item of which a sheet is missing."""
    found: dict[int, list[Sheet]] = {}
    if items:
        rows = _with_marks(Sheet.objects.filter(item__in=items, ballot=F("item__ballot")))
        for sheet in rows:
            found.setdefault(sheet.item_id, []).append(sheet)
    return found


def _with_marks(rows: QuerySet[Sheet]) -> QuerySet[Sheet]:
    marks = Prefetch("marks", queryset=Mark.objects.order_by("id"))
    return rows.select_related("member__user").prefetch_related(marks).order_by("member_id")


def _counted(
    item: AgendaItem,
    places: Sequence[Place],
    grounds: frozenset[str],
    sheets: Sequence[Sheet],
) -> Iterator[CountedSheet]:
    rubric = rubric_of(item.edition)
    voters = {place.member.pk for place in places if place.is_voter and place.present}
    for sheet in sheets:
        if sheet.member_id in voters and sheet.status is not SheetState.DRAFT:
            choices = choices_of(sheet)
            yield CountedSheet(
                sheet,
                choices,
                tally(rubric, choices, grounds),
                exclusions.stopped_by(rubric, chosen_points(rubric, choices), grounds),
            )
