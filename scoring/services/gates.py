"""The council's finding on gates: recorded before a result, with the members' choices beside it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.text import term
from scoring import permissions
from scoring.domain.rubric import Rubric
from scoring.domain.session_states import ItemState
from scoring.models import AgendaItem, GateFinding
from scoring.selectors.boards import Board, board_of, mark_of_findings
from scoring.services.items import about, locked_item


@transaction.atomic
def find(
    item: AgendaItem,
    *,
    findings: Mapping[tuple[str, int], bool],
    note: str = "",
    seen: str | None = None,
    by: User,
    at: datetime,
) -> list[GateFinding]:
    """Records for each gate (criterion, star) whether it is met; a later finding replaces it.

    `seen` is the mark of the findings that were looked at. Refused: before all sheets are in, a
    gate that the rubric does not have, an ended item, findings that somebody has changed since.
    `boards.proposed_findings` gives what the majority of the sheets says.
    """
    current = locked_item(item)
    require(permissions.may_find(by, current, on=legal_day(at)))
    _check_unchanged(current, seen)
    _check_known(_board_with_all_sheets(current).rubric, findings)
    rows = [
        GateFinding.objects.update_or_create(
            item=current,
            criterion=criterion,
            star=star,
            defaults={"met": met, "note": note, "at": at, "by": by},
        )[0]
        for (criterion, star), met in findings.items()
    ]
    journal.record(
        "scoring.gates.found",
        subject=current,
        actor=by,
        at=at,
        facts={
            **about(current),
            "found": [[row.criterion, row.star, row.met] for row in rows],
            "note": note,
        },
    )
    return rows


def _check_unchanged(item: AgendaItem, seen: str | None) -> None:
    if item.status is not ItemState.SCORING:
        raise RuleBroken("gates.ended", term("Hồ sơ này không còn ở lượt chấm."))
    if seen is not None and seen != mark_of_findings(item):
        raise Stale(
            "gates.stale",
            term("Người khác vừa ghi nhận mức tối thiểu của hồ sơ này. Hãy tải lại rồi xem lại."),
        )


def _board_with_all_sheets(item: AgendaItem) -> Board:
    board = board_of(item)
    if not board.all_in:
        raise RuleBroken(
            "gates.too_early",
            term("Chỉ ghi nhận mức tối thiểu khi mọi phiếu của người có mặt đã nộp."),
        )
    return board


def _check_known(rubric: Rubric, findings: Iterable[tuple[str, int]]) -> None:
    known = {(gate.criterion, gate.star) for gate in rubric.gates}
    for criterion, star in findings:
        if (criterion, star) not in known:
            raise RuleBroken(
                "gates.unknown",
                term("Bộ tiêu chí không có mức tối thiểu %(star)s sao ở tiêu chí %(criterion)s."),
                field=f"gate-{criterion}-{star}",
                criterion=criterion,
                star=star,
            )
