"""The round after the test results, where the council's regulation scores twice."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring import permissions
from scoring.domain.ballots import BallotKind
from scoring.domain.session_states import ItemMove
from scoring.models import AgendaItem, Ballot
from scoring.services import sessions
from scoring.services.items import about, locked_item


@transaction.atomic
def open_after_tests(item: AgendaItem, *, results: str, by: User, at: datetime) -> Ballot:
    """Opens the second round with the test results named; the sheets of the first are kept.

    Refused: a regulation without two rounds, a second round that is open already, before all
    sheets of the first are in, without results.
    """
    current = locked_item(item)
    require(permissions.may_preside(by, current, on=legal_day(at)))
    if not results.strip():
        raise RuleBroken(
            "ballot.results", term("Hãy ghi kết quả kiểm nghiệm: số phiếu, ngày, kết luận.")
        )
    board = sessions.complete_board(current)
    facts = frozenset({"tests_awaited"} if board.awaits_tests else ())
    sessions.begin_ballot(current, ItemMove.AFTER_TESTS, facts)
    ballot = Ballot.objects.create(
        item=current,
        number=current.ballot,
        kind=BallotKind.AFTER_TESTS,
        reason=results,
        opened_at=at,
        opened_by=by,
    )
    journal.record(
        "scoring.ballot.opened",
        subject=current,
        actor=by,
        at=at,
        facts={**about(current), "ballot": current.ballot, "reason": results},
    )
    return ballot
