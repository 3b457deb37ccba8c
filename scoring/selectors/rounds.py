"""The two rounds before and after test results, beside each other once the second is in."""

from dataclasses import dataclass

from scoring.domain.ballots import BallotKind, Change, Comparison, compare
from scoring.domain.sheet import SheetState
from scoring.models import AgendaItem, Ballot, CouncilMember, Sheet
from scoring.selectors.boards import Board


@dataclass(frozen=True)
class MemberChange:
    """One member's two totals."""

    member: CouncilMember
    change: Change


@dataclass(frozen=True)
class TwoRounds:
    """What the test results changed: the means, and every member's total."""

    tests: Ballot
    comparison: Comparison
    members: tuple[MemberChange, ...]


def two_rounds(item: AgendaItem, board: Board) -> TwoRounds | None:
    """None where there was no such round, or where a sheet of it is still missing."""
    if BallotKind.AFTER_TESTS not in board.further or not board.all_in:
        return None
    tests = item.ballots.get(kind=BallotKind.AFTER_TESTS)
    earlier = Sheet.objects.filter(item=item, ballot=tests.number - 1, total__isnull=False)
    earlier = earlier.exclude(state=SheetState.DRAFT).order_by("member_id")
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
    )
