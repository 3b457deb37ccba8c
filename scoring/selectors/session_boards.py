"""A session while it is held: the agenda with its progress, and the product before the council."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ocop_portal.accounts.models import User
from scoring.domain.figures import Figures
from scoring.models import AgendaItem, Rating, Session
from scoring.selectors.boards import Board, boards_of
from scoring.selectors.councils import seat_of
from scoring.selectors.ratings import ratings
from scoring.selectors.sessions import AgendaRow, agenda_for


@dataclass(frozen=True)
class ProductRow:
    """One product on the board; of what the reader may not read only the title stands there."""

    agenda: AgendaRow
    board: Board | None
    rating: Rating | None
    is_current: bool

    @property
    def item(self) -> AgendaItem:
        return self.agenda.item

    @property
    def figures(self) -> Figures | None:
        return self.board.figures if self.board else None


@dataclass(frozen=True)
class SessionBoard:
    """The board of a session for one reader; `keeps` shows by whom sheets are in."""

    session: Session
    rows: tuple[ProductRow, ...]
    present: int
    seats: int
    keeps: bool

    @property
    def current(self) -> ProductRow | None:
        return next((row for row in self.rows if row.is_current), None)

    @property
    def ended(self) -> int:
        return sum(not row.item.status.is_pending for row in self.rows)


def session_board(session: Session, user: User, on: date) -> SessionBoard:
    """The session's board as this reader may see it; as many queries for any agenda."""
    agenda = agenda_for(session, user, on)
    seat = seat_of(user, session.council, on)
    is_member = seat is not None
    boards = boards_of([row.item for row in agenda if row.may_read and is_member])
    results = _results(agenda)
    current = current_item_id(session, agenda)
    return SessionBoard(
        session=session,
        rows=tuple(
            ProductRow(
                agenda=row,
                board=boards.get(row.item.pk),
                rating=results.get(row.item.pk) if row.may_read else None,
                is_current=row.item.pk == current,
            )
            for row in agenda
        ),
        present=session.attendance.count(),
        seats=session.council.members.filter(ends_on__isnull=True).count(),
        keeps=seat is not None and seat.role.keeps,
    )


def current_item_id(session: Session, agenda: Sequence[AgendaRow]) -> int | None:
    """The product that was taken up; before any was, the first that is still pending.

    Once nothing is pending it is the one that ended last, so that its result stays on the screen.
    """
    if session.current_id is not None:
        return session.current_id
    pending = next((row.item.pk for row in agenda if row.item.status.is_pending), None)
    ended = [(row.item.ended_at, row.item.pk) for row in agenda if row.item.ended_at is not None]
    return pending or max(ended, default=(None, None))[1]


def _results(agenda: Sequence[AgendaRow]) -> dict[int, Rating]:
    found = ratings().filter(item__in=[row.item.pk for row in agenda])
    return {rating.item_id: rating for rating in found}
