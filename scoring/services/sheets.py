"""Members' sheets: saved, submitted, reopened, locked; the only place that sets their state.

Nothing that is handed in is a score: only option ids are read, points follow from the rubric.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.text import term
from scoring import permissions, signals
from scoring.domain.receipt import Sending
from scoring.domain.sequence import require_in_order
from scoring.domain.sheet import (
    SHEET,
    Choices,
    SheetMove,
    SheetState,
    read_choices,
    require_complete,
    tally,
)
from scoring.models import AgendaItem, CouncilMember, Sheet, SheetReopening
from scoring.selectors.boards import board_of, choices_of
from scoring.selectors.councils import seat_of
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.sheets import receipt_of
from scoring.services import marks, tastings
from scoring.services.items import about, locked_item


@transaction.atomic
def save(
    item: AgendaItem,
    *,
    choices: Mapping[str, str | None],
    comment: str = "",
    version: int | None = None,
    key: UUID | None = None,
    by: User,
    at: datetime,
) -> Sheet:
    """Keeps a draft: the whole of the member's choices so far, complete or not.

    `version` is that of what the member has read (0: nothing yet). `key` is chosen by whoever
    sends: under one key nothing happens twice, however often it comes, also after the item has
    ended. Refused: nobody's member, a secretary, an undeclared or declared conflict, an absent
    member, a sheet that is in, an option of another criterion or set, a version that another
    tab has replaced, a key that stood for something else, a moment before the session's opening.
    """
    current = locked_item(item)
    sending = Sending(key, "save", choices, comment)
    done = marks.sent_before(current, by, sending)
    if done is not None:
        return done
    require(permissions.may_score(by, current, on=legal_day(at)))
    require_in_order(at, since=current.session.opened_at)
    sheet = _sheet(current, _seat(by, current, at), at)
    read = read_choices(rubric_of(current.edition), choices)
    tastings.without_blind(current, by, read)
    if marks.is_stored(sheet, read, comment):
        return sheet
    _require_draft(sheet)
    _check_version(sheet, version)
    marks.store(sheet, current, read, comment, at)
    marks.note_sending(sheet, sending, at)
    journal.record(
        "scoring.sheet.saved",
        subject=sheet,
        actor=by,
        at=at,
        facts={**about(current), "ballot": sheet.ballot, "answered": len(read)},
    )
    return sheet


@transaction.atomic
def submit(
    item: AgendaItem,
    *,
    choices: Mapping[str, str | None] | None = None,
    comment: str | None = None,
    version: int | None = None,
    key: UUID | None = None,
    by: User,
    at: datetime,
) -> Sheet:
    """Hands the sheet in; without `choices` the draft as it is stored.

    Refused as in `save`, and with the missing codes named while a criterion is unanswered. The
    same sheet handed in twice is harmless; another one after the first is refused.
    """
    current = locked_item(item)
    sending = Sending(key, "submit", choices or {}, comment or "")
    done = marks.sent_before(current, by, sending)
    if done is not None:
        return done
    require(permissions.may_score(by, current, on=legal_day(at)))
    require_in_order(at, since=current.session.opened_at)
    sheet = _sheet(current, _seat(by, current, at), at)
    if choices is None and sheet.status is not SheetState.DRAFT:
        return sheet
    read = _whole(current, by, _stored(sheet) if choices is None else choices)
    remark = sheet.comment if comment is None else comment
    if marks.is_stored(sheet, read, remark):
        if sheet.status is not SheetState.DRAFT:
            return sheet
    else:
        _require_draft(sheet)
        _check_version(sheet, version)
    require_complete(rubric_of(current.edition), read)
    marks.store(sheet, current, read, remark, at)
    _hand_in(sheet, current, read, at)
    marks.note_sending(sheet, sending, at)
    _announce(sheet, current, by, at)
    return sheet


@transaction.atomic
def reopen(sheet: Sheet, *, reason: str, by: User, at: datetime) -> Sheet:
    """Gives a submitted sheet back to its member; the reason and what had been stored stay.

    Refused: anybody but the presiding member, no reason, a sheet that is a draft or locked, a
    sheet of an earlier ballot.
    """
    item = locked_item(sheet.item)
    current = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    require(permissions.may_preside(by, item, on=legal_day(at)))
    if not reason.strip():
        raise RuleBroken("sheet.reason", term("Hãy ghi rõ lý do mở lại phiếu."), field="reason")
    if current.ballot != item.ballot:
        raise RuleBroken("sheet.earlier_ballot", term("Phiếu của lượt chấm trước được giữ nguyên."))
    state = SHEET.decide(current.status, SheetMove.REOPEN)
    SheetReopening.objects.create(
        sheet=current,
        reason=reason,
        by=by,
        at=at,
        total=current.total or 0,
        receipt_hash=current.receipt_hash,
    )
    current.state = state
    current.version += 1
    current.save(update_fields=["state", "version"])
    journal.record(
        "scoring.sheet.reopened",
        subject=current,
        actor=by,
        at=at,
        facts={**about(item), "reason": reason, "ballot": current.ballot},
    )
    return current


def lock_all(item: AgendaItem) -> None:
    """Locks every submitted sheet of an item that has ended; for the services that end it."""
    rows = Sheet.objects.select_for_update(of=("self",)).filter(
        item=item, state=SheetState.SUBMITTED
    )
    for sheet in rows.order_by("pk"):
        sheet.state = SHEET.decide(sheet.status, SheetMove.LOCK)
        sheet.save(update_fields=["state"])


def _seat(by: User, item: AgendaItem, at: datetime) -> CouncilMember:
    seat = seat_of(by, item.session.council, legal_day(at))
    if seat is None:
        raise AssertionError("may_score has found a seat")
    return seat


def _sheet(item: AgendaItem, member: CouncilMember, at: datetime) -> Sheet:
    found = Sheet.objects.filter(item=item, member=member, ballot=item.ballot).first()
    if found is not None:
        found.item = item
        return found
    return Sheet(item=item, member=member, ballot=item.ballot, saved_at=at, version=0)


def _whole(item: AgendaItem, by: User, choices: Choices) -> Choices:
    """What was chosen, checked, and what was tasted by number where the set says so."""
    read = read_choices(rubric_of(item.edition), choices)
    blind = tastings.without_blind(item, by, read)
    return tastings.with_tasted(item, blind, read)


def _stored(sheet: Sheet) -> dict[str, str | None]:
    return choices_of(sheet) if sheet.pk else {}


def _require_draft(sheet: Sheet) -> None:
    if sheet.status is not SheetState.DRAFT:
        raise RuleBroken(
            "sheet.not_from_here",
            term("Phiếu đã nộp nên không sửa được; chủ tịch có thể mở lại phiếu, kèm lý do."),
        )


def _check_version(sheet: Sheet, version: int | None) -> None:
    if version is not None and version != sheet.version:
        raise Stale(
            "sheet.stale",
            term("Phiếu đã được lưu ở một thẻ hoặc máy khác. Hãy tải lại trang rồi chấm tiếp."),
        )


def _hand_in(sheet: Sheet, item: AgendaItem, choices: Choices, at: datetime) -> None:
    grounds = frozenset(item.ground_findings.values_list("ground", flat=True))
    facts = frozenset({"complete"})
    sheet.state = SHEET.decide(sheet.status, SheetMove.SUBMIT, facts)
    sheet.total = tally(rubric_of(item.edition), choices, grounds).total
    sheet.submitted_at = at
    sheet.receipt_hash = receipt_of(sheet, choices)
    sheet.save(update_fields=["state", "total", "submitted_at", "receipt_hash"])


def _announce(sheet: Sheet, item: AgendaItem, by: User, at: datetime) -> None:
    facts = {**about(item), "ballot": sheet.ballot}
    journal.record(
        "scoring.sheet.submitted",
        subject=sheet,
        actor=by,
        at=at,
        facts={**facts, "receipt": sheet.receipt_hash},
    )
    signals.sheet_submitted.send(
        sender=Sheet, item_id=item.pk, sheet_id=sheet.pk, ballot=sheet.ballot
    )
    board = board_of(item)
    if not board.all_in:
        return
    journal.record("scoring.sheets.all_in", subject=item, actor=by, at=at, facts=facts)
    if board.spread_too_wide and board.figures:
        journal.record(
            "scoring.spread.too_wide",
            subject=item,
            actor=by,
            at=at,
            facts={**facts, "limit": item.session.council.max_spread},
        )
