"""Sessions: called with notice, opened, closed; the only place that sets the state of an item."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from cycle.models import Dossier
from cycle.services import council_moves
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring import permissions
from scoring.domain.session_states import (
    ITEM,
    SESSION,
    ItemMove,
    ItemState,
    SessionMove,
    SessionState,
)
from scoring.models import AgendaItem, Attendance, Ballot, Council, Session
from scoring.selectors.boards import Board, board_of
from scoring.selectors.councils import roster
from scoring.selectors.sessions import day_of, pending_values
from scoring.services import calling, sheets
from scoring.services.items import about, locked_item

NO_FACTS: frozenset[str] = frozenset()


@transaction.atomic
def call(
    council: Council,
    *,
    dossiers: Sequence[Dossier],
    starts_at: datetime,
    place: str,
    sheets_due_on: date | None = None,
    by: User,
    at: datetime,
) -> Session:
    """Calls a meeting with its agenda; every member is told.

    Sheets are due on the day of the meeting, or on a later `sheets_due_on`. Refused: a council
    out of office on that day or without enough people, less notice than the regulation asks for
    (in working days), sheets due before the meeting, an empty agenda, a dossier that is not
    accepted at this council's level and in its territory.
    """
    require(permissions.may_call(by, council, on=legal_day(at)))
    current = Council.objects.select_for_update(of=("self",)).select_related("unit")
    calling.check_council(current.get(pk=council.pk), starts_at)
    calling.check_notice(council, starts_at, at)
    calling.check_due(starts_at, sheets_due_on)
    calling.check_dossiers(council, dossiers)
    calling.check_written_first(dossiers)
    session = Session.objects.create(
        council=council,
        called_at=at,
        called_by=by,
        starts_at=starts_at,
        place=place,
        sheets_due_on=sheets_due_on,
    )
    calling.put_on_agenda(session, dossiers, by=by, at=at)
    facts = {"starts_at": starts_at, "when": told_time(starts_at), "place": place}
    record("called", session, by, at, **facts, items=len(dossiers))
    return session


@transaction.atomic
def open_session(session: Session, *, by: User, at: datetime) -> Session:
    """The meeting begins on its day, and with it the first ballot on every item."""
    require(permissions.may_keep(by, session, on=legal_day(at)))
    current = locked(session)
    if current.status is SessionState.OPENED:
        return current
    if legal_day(at) < legal_day(current.starts_at):
        raise RuleBroken(
            "session.too_early",
            term("Phiên họp chỉ được khai mạc từ ngày đã báo trong giấy triệu tập."),
        )
    current.state = SESSION.decide(current.status, SessionMove.OPEN)
    current.opened_at = at
    current.version += 1
    current.save(update_fields=["state", "opened_at", "version"])
    for item in current.items.filter(state=ItemState.LISTED).order_by("order"):
        _move_item(item, ItemMove.START)
    if current.is_written:
        _ask_everybody(current, by, at)
    record("opened", current, by, at)
    return current


@transaction.atomic
def open_ballot(item: AgendaItem, *, reason: str, by: User, at: datetime) -> Ballot:
    """A reconciliation round: the sheets lie too far apart, the first ones are kept.

    Refused: before all sheets are in, within the allowed spread, after the last round of the
    regulation, without a reason.
    """
    current = locked_item(item)
    require(permissions.may_preside(by, current, on=legal_day(at)))
    _require_reason(reason)
    begin_ballot(current, ItemMove.RECONCILE, spread_facts(complete_board(current)))
    ballot = Ballot.objects.create(
        item=current, number=current.ballot, reason=reason, opened_at=at, opened_by=by
    )
    journal.record(
        "scoring.ballot.opened",
        subject=current,
        actor=by,
        at=at,
        facts={**about(current), "ballot": current.ballot, "reason": reason},
    )
    return ballot


@transaction.atomic
def give_up(item: AgendaItem, *, reason: str, by: User, at: datetime) -> AgendaItem:
    """No allowed spread after the last round: no result, the dossier returns to its subject."""
    current = locked_item(item)
    require(permissions.may_preside(by, current, on=legal_day(at)))
    _require_reason(reason)
    board = complete_board(current)
    require_tests_seen(board)
    _end_item(current, ItemMove.GIVE_UP, spread_facts(board), note=reason, at=at)
    journal.record(
        "scoring.item.without_result",
        subject=current,
        actor=by,
        at=at,
        facts={**about(current), "reason": reason},
    )
    council_moves.send_back(current.dossier, reason=reason, by=by, at=at)
    return current


@transaction.atomic
def remove_item(item: AgendaItem, *, reason: str, by: User, at: datetime) -> AgendaItem:
    """Takes a dossier off the agenda before the session opens; it waits for another session."""
    current = locked_item(item)
    require(permissions.may_call(by, current.session.council, on=legal_day(at)))
    _require_reason(reason)
    _end_item(current, ItemMove.REMOVE, NO_FACTS, note=reason, at=at)
    journal.record(
        "scoring.item.removed",
        subject=current,
        actor=by,
        at=at,
        facts={**about(current), "reason": reason},
    )
    council_moves.postpone(current.dossier, by=by, at=at, note=reason)
    return current


@transaction.atomic
def cancel(session: Session, *, reason: str, by: User, at: datetime) -> Session:
    """A called session is not held; its dossiers wait for another one, its members are told."""
    require(permissions.may_call(by, session.council, on=legal_day(at)))
    _require_reason(reason)
    current = locked(session)
    state = SESSION.decide(current.status, SessionMove.CANCEL)
    for item in current.items.filter(state=ItemState.LISTED).order_by("order"):
        remove_item(item, reason=reason, by=by, at=at)
    current.state, current.note, current.closed_at = state, reason, at
    current.version += 1
    current.save(update_fields=["state", "note", "closed_at", "version"])
    record("cancelled", current, by, at, reason=reason, when=told_time(current.starts_at))
    return current


@transaction.atomic
def close(session: Session, *, note: str = "", by: User, at: datetime) -> Session:
    """The meeting ends; refused while a dossier of the agenda has no end."""
    require(permissions.may_keep(by, session, on=legal_day(at)))
    current = locked(session)
    if current.status is SessionState.CLOSED:
        return current
    pending = current.items.filter(state__in=pending_values()).exists()
    facts = NO_FACTS if pending else frozenset({"nothing_pending"})
    current.state = SESSION.decide(current.status, SessionMove.CLOSE, facts)
    current.closed_at, current.note = at, note
    current.version += 1
    current.save(update_fields=["state", "closed_at", "note", "version"])
    record("closed", current, by, at)
    return current


def end_concluded(item: AgendaItem, *, at: datetime) -> None:
    """Ends a locked item with its result; for the service `ratings`."""
    _end_item(item, ItemMove.CONCLUDE, NO_FACTS, note="", at=at)


def end_referred(item: AgendaItem, *, note: str, at: datetime) -> None:
    """Ends a locked item of written opinions; for the service `written_opinions`."""
    holds = {"written": item.session.is_written, "reason": bool(note)}
    facts = frozenset(name for name, value in holds.items() if value)
    _end_item(item, ItemMove.REFER, facts, note=note, at=at)


def end_stopped(item: AgendaItem, *, note: str, at: datetime) -> None:
    """Ends a locked item by a ground; for the service `grounds`."""
    _end_item(item, ItemMove.STOP, NO_FACTS, note=note, at=at)


def spread_facts(board: Board) -> frozenset[str]:
    """What the item's table asks for."""
    found = {"round_left" if board.round_left else "no_round_left"}
    if board.spread_too_wide:
        found.add("spread_too_wide")
    return frozenset(found)


def require_tests_seen(board: Board) -> None:
    """Refuses an end before the round after the test results, where the regulation has one."""
    if board.awaits_tests:
        raise RuleBroken(
            "ballot.tests_awaited",
            term(
                "Quy chế chấm hai lượt: hãy mở lượt chấm sau kết quả kiểm nghiệm trước khi kết "
                "luận."
            ),
        )


def _move_item(item: AgendaItem, move: ItemMove, facts: frozenset[str] = NO_FACTS) -> None:
    item.state = ITEM.decide(item.status, move, facts)
    item.save(update_fields=["state", "ballot"])


def _end_item(
    item: AgendaItem, move: ItemMove, facts: frozenset[str], *, note: str, at: datetime
) -> None:
    item.state = ITEM.decide(item.status, move, facts)
    item.ended_at, item.ended_note = at, note
    item.save(update_fields=["state", "ended_at", "ended_note"])
    sheets.lock_all(item)


def begin_ballot(item: AgendaItem, move: ItemMove, facts: frozenset[str]) -> None:
    """Locks the sheets of a locked item's ballot and opens the next one."""
    ITEM.decide(item.status, move, facts)
    sheets.lock_all(item)
    item.ballot += 1
    _move_item(item, move, facts)


def complete_board(item: AgendaItem) -> Board:
    """The board of a ballot of which every sheet is in; refused before."""
    board = board_of(item)
    if not board.all_in:
        raise RuleBroken(
            "council.sheets_missing",
            term("Còn thành viên có mặt chưa nộp phiếu, hoặc chưa đủ người có mặt."),
        )
    return board


def _ask_everybody(session: Session, by: User, at: datetime) -> None:
    """Where nobody meets, everybody in office counts as present until marked absent."""
    for member in roster(session.council, day_of(session)):
        Attendance.objects.get_or_create(
            session=session, member=member, defaults={"marked_at": at, "marked_by": by}
        )


def locked(session: Session) -> Session:
    rows = Session.objects.select_for_update(of=("self",)).select_related("council__unit")
    return rows.get(pk=session.pk)


def record(word: str, session: Session, by: User, at: datetime, **facts: object) -> None:
    journal.record(
        f"scoring.session.{word}",
        subject=session,
        actor=by,
        at=at,
        facts={"council": session.council.name, "session_id": session.pk, **facts},
    )


def told_time(moment: datetime) -> str:
    """As notices say it."""
    return f"{localtime(moment):%H:%M, %d/%m/%Y}"


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken("session.reason", term("Hãy ghi rõ lý do."), field="reason")
