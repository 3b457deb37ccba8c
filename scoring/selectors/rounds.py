"""The two rounds before and after test results, beside each other once the second is in."""

from dataclasses import dataclass

from scoring.domain.ballots import BallotKind, Change, Comparison, Shift, compare, shifts
from scoring.domain.sheet import SheetState, tally
from scoring.models import AgendaItem, Ballot, CouncilMember
from scoring.selectors.boards import Board, choices_of, sheets_of_ballot


@dataclass(frozen=True)
class MemberChange:
    """One member's two totals."""

    member: CouncilMember
    change: Change


@dataclass(frozen=True)
class CriterionChange:
    """A criterion that the council values differently since the test results."""

    name: str
    shift: Shift


@dataclass(frozen=True)
class TwoRounds:
    """What the test results changed: the means, every member's total, and at which criteria."""

    tests: Ballot
    comparison: Comparison
    members: tuple[MemberChange, ...]
    criteria: tuple[CriterionChange, ...]


def two_rounds(item: AgendaItem, board: Board) -> TwoRounds | None:
    """None where there was no such round, or where a sheet of it is still missing."""
    if BallotKind.AFTER_TESTS not in board.further or not board.all_in:
        return None
    tests = item.ballots.get(kind=BallotKind.AFTER_TESTS)
    earlier = list(
        sheets_of_ballot(item, tests.number - 1)
        .filter(total__isnull=False)
        .exclude(state=SheetState.DRAFT)
    )
    before = {sheet.member_id: sheet.total or 0 for sheet in earlier}
    found = compare(before, board.totals)
    if found is None:
        return None
    members = {place.member.pk: place.member for place in board.places}
    return TwoRounds(
        tests,
        found,
        tuple(
            MemberChange(members[change.member], change)
            for change in found.changes
            if change.member in members
        ),
        tuple(
            CriterionChange(board.rubric.by_code[shift.code].name, shift)
            for shift in shifts(
                tuple(board.rubric.by_code),
                [tally(board.rubric, choices_of(sheet), board.grounds).points for sheet in earlier],
                [counted.tally.points for counted in board.sheets],
            )
        ),
    )
