"""Written opinions on re-evaluations: asked for with a day, referred to a meeting on dissent."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from cycle.models import Dossier
from cycle.services import council_moves
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.selectors import regime
from scoring import permissions
from scoring.domain import written_opinions as rules
from scoring.models import AgendaItem, Council, Session
from scoring.selectors.sessions import accepted_on
from scoring.services import calling, sessions
from scoring.services.items import about, locked_item

IN_WRITING = term("Lấy ý kiến bằng văn bản")


@transaction.atomic
def ask(
    council: Council, *, dossiers: Sequence[Dossier], due_on: date, by: User, at: datetime
) -> Session:
    """Asks every member of a council for an opinion in writing by a day; nobody meets.

    Refused: a dossier that is no re-evaluation or whose regime has no written opinions, a day in
    the past or after the forty-five of the regime, and what a meeting is refused for.
    """
    require(permissions.may_call(by, council, on=legal_day(at)))
    current = Council.objects.select_for_update(of=("self",)).select_related("unit")
    calling.check_council(current.get(pk=council.pk), at)
    calling.check_dossiers(council, dossiers)
    _check_days(dossiers, due_on, legal_day(at))
    session = Session.objects.create(
        council=council,
        called_at=at,
        called_by=by,
        starts_at=at,
        place=IN_WRITING,
        is_written=True,
        sheets_due_on=due_on,
    )
    calling.put_on_agenda(session, dossiers, by=by, at=at)
    sessions.record("called", session, by, at, starts_at=at, place=IN_WRITING, items=len(dossiers))
    return session


@transaction.atomic
def refer(item: AgendaItem, *, reason: str, by: User, at: datetime) -> AgendaItem:
    """Opinions differ or the matter is complicated: the dossier waits for a meeting.

    The sheets are kept as they are. Refused: an item that is not under written opinions, anybody
    but who presides, no reason.
    """
    current = locked_item(item)
    require(permissions.may_preside(by, current, on=legal_day(at)))
    reason = nfc(reason).strip()
    sessions.end_referred(current, note=reason, at=at)
    journal.record(
        "scoring.item.referred",
        subject=current,
        actor=by,
        at=at,
        facts={**about(current), "reason": reason},
    )
    council_moves.postpone(current.dossier, by=by, at=at, note=reason)
    return current


def _check_days(dossiers: Sequence[Dossier], due_on: date, today: date) -> None:
    for dossier in dossiers:
        law = regime(dossier.regime)
        if not rules.are_asked(law, dossier.kind):
            raise RuleBroken(
                "written.not_asked",
                term("Hồ sơ %(dossier)s không thuộc loại lấy ý kiến bằng văn bản; hãy họp."),
                field="dossiers",
                dossier=str(dossier),
            )
        last = rules.last_day(law, accepted_on(dossier) or today)
        if not today <= due_on <= last:
            raise RuleBroken(
                "written.days",
                term("Hạn cho ý kiến về hồ sơ %(dossier)s phải từ hôm nay đến ngày %(last)s."),
                field="due_on",
                dossier=str(dossier),
                last=f"{last:%d/%m/%Y}",
            )
