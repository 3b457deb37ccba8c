"""Grounds that end the scoring or take a criterion's points, as the council found them."""

from datetime import datetime

from django.db import transaction

from cycle.services import council_moves
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring import permissions
from scoring.domain.exclusions import read_findings, stopped_by
from scoring.domain.session_states import ItemState
from scoring.models import AgendaItem, GroundFinding
from scoring.selectors.rubrics import rubric_of
from scoring.services import sessions
from scoring.services.items import about, locked_item


@transaction.atomic
def find(item: AgendaItem, *, ground: str, note: str, by: User, at: datetime) -> GroundFinding:
    """Records a ground by its id with what it rests on; found twice is found once.

    Refused: an id that the rubric does not have, no note, an item that is not being scored.
    """
    current = _scoring(item, by, at)
    read_findings(rubric_of(current.edition), [ground])
    if not note.strip():
        raise RuleBroken("ground.note", term("Hãy ghi căn cứ của phát hiện."), field="note")
    found, made = GroundFinding.objects.get_or_create(
        item=current, ground=ground, defaults={"note": note, "at": at, "by": by}
    )
    if made:
        _record("scoring.ground.found", current, ground=ground, note=note, by=by, at=at)
    return found


@transaction.atomic
def withdraw(item: AgendaItem, *, ground: str, by: User, at: datetime) -> None:
    """Takes a finding back while the item is being scored."""
    current = _scoring(item, by, at)
    gone, _rows = GroundFinding.objects.filter(item=current, ground=ground).delete()
    if gone:
        _record("scoring.ground.withdrawn", current, ground=ground, by=by, at=at)


@transaction.atomic
def stop(item: AgendaItem, *, by: User, at: datetime) -> AgendaItem:
    """Ends the scoring by the grounds found (Phụ lục II): no result, the dossier goes back.

    Refused: anybody but the presiding member, no ground among the findings that ends it.
    """
    current = locked_item(item)
    require(permissions.may_preside(by, current, on=legal_day(at)))
    found = list(current.ground_findings.order_by("id"))
    ending = stopped_by(rubric_of(current.edition), {}, [each.ground for each in found])
    if not ending:
        raise RuleBroken(
            "ground.none", term("Chưa ghi nhận căn cứ nào khiến việc chấm điểm phải dừng.")
        )
    note = "; ".join(each.note for each in found if each.ground in ending)
    sessions.end_stopped(current, note=note, at=at)
    journal.record(
        "scoring.item.stopped",
        subject=current,
        actor=by,
        at=at,
        facts={**about(current), "grounds": list(ending), "reason": note},
    )
    council_moves.send_back(current.dossier, reason=note, by=by, at=at)
    return current


def _scoring(item: AgendaItem, by: User, at: datetime) -> AgendaItem:
    current = locked_item(item)
    require(permissions.may_find(by, current, on=legal_day(at)))
    if current.status is not ItemState.SCORING:
        raise RuleBroken("ground.ended", term("Hồ sơ này không còn ở lượt chấm."))
    return current


def _record(
    kind: str, item: AgendaItem, *, ground: str, note: str = "", by: User, at: datetime
) -> None:
    facts = {**about(item), "ground": ground, "note": note}
    journal.record(kind, subject=item, actor=by, at=at, facts=facts)
