"""The board of a session, its projection for the room, and what is taken up."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.web import live
from registry.domain.clock import legal_day
from scoring import permissions
from scoring.models import AgendaItem, Session
from scoring.selectors.session_boards import SessionBoard, session_board
from scoring.selectors.sessions import visible_sessions
from scoring.services import agenda
from scoring.views.items import acting

BOARD, PROJECTION = "scoring/_session_board.html", "scoring/_projection.html"


@login_required
@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Agenda, the product before the council, who is in, and the figures once all are."""
    session, found = _board(request, pk)
    shown = live.part(request, BOARD, _context(found), url=_url("live", pk), asks=_is_held(session))
    return render(
        request, "scoring/session_board.html", {"session": session, "board": found, "shown": shown}
    )


@login_required
@require_safe
def board_live(request: HttpRequest, pk: int) -> HttpResponse:
    session, found = _board(request, pk)
    return live.answer(
        request, BOARD, _context(found), url=_url("live", pk), asks=_is_held(session)
    )


@login_required
@require_safe
def projection(request: HttpRequest, pk: int) -> HttpResponse:
    """What the whole room may see on a screen: no sheet of anybody, also once all are in."""
    session, found = _board(request, pk)
    url = _url("projection-live", pk)
    shown = live.part(request, PROJECTION, _context(found), url=url, asks=_is_held(session))
    return render(request, "scoring/session_projection.html", {"session": session, "shown": shown})


@login_required
@require_safe
def projection_live(request: HttpRequest, pk: int) -> HttpResponse:
    session, found = _board(request, pk)
    url = _url("projection-live", pk)
    return live.answer(request, PROJECTION, _context(found), url=url, asks=_is_held(session))


@acting
def item_take_up(request: HttpRequest, item: AgendaItem, user: User, at: datetime) -> HttpResponse:
    agenda.take_up(item, by=user, at=at)
    messages.success(request, _("Đã đưa sản phẩm ra xét."))
    return redirect("scoring:session-board", pk=item.session_id)


def _board(request: HttpRequest, pk: int) -> tuple[Session, SessionBoard]:
    """For the council's own people; an office that sees the session is told that it is theirs."""
    user, on = signed_in(request), legal_day(timezone.now())
    session = get_object_or_404(visible_sessions(user, on), pk=pk)
    require(permissions.may_follow(user, session, on=on))
    return session, session_board(session, user, on)


def _context(found: SessionBoard) -> dict[str, object]:
    return {
        "session": found.session,
        "council": found.session.council,
        "board": found,
        "row": found.current,
        "is_opened": found.session.state == "opened",
    }


def _url(word: str, pk: int) -> str:
    name = {"live": "session-board-live", "projection-live": "session-projection-live"}[word]
    return reverse(f"scoring:{name}", args=[pk])


def _is_held(session: Session) -> bool:
    return session.status.is_running
