"""What a session has before it: the product that was taken up."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring import permissions
from scoring.domain.session_states import SessionState
from scoring.models import AgendaItem, Session
from scoring.services.items import about, locked_item


@transaction.atomic
def take_up(item: AgendaItem, *, by: User, at: datetime) -> Session:
    """Puts the product before the meeting; boards and the projector turn to it.

    Refused: anybody but who keeps the session, a session that is not open. Taken up twice is
    taken up once; a product that has ended may be shown again.
    """
    current = locked_item(item)
    require(permissions.may_keep(by, current.session, on=legal_day(at)))
    session = Session.objects.select_for_update(of=("self",)).get(pk=current.session_id)
    if session.status is not SessionState.OPENED:
        raise RuleBroken("agenda.not_opened", term("Phiên họp chưa khai mạc hoặc đã kết thúc."))
    if session.current_id == current.pk:
        return session
    session.current = current
    session.save(update_fields=["current"])
    journal.record("scoring.item.taken_up", subject=current, actor=by, at=at, facts=about(current))
    return session
