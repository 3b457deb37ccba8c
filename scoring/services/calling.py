"""What has to hold before a meeting is called: council, notice, dossiers; and its agenda."""

from collections.abc import Sequence
from datetime import date, datetime

from cycle.models import Dossier
from cycle.selectors.law import working_calendar
from cycle.services import council_moves
from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.selectors import regime
from scoring.domain.written_opinions import are_asked
from scoring.models import AgendaItem, Council, Session
from scoring.selectors.councils import roster
from scoring.selectors.sessions import dossiers_waiting, was_referred
from scoring.services.pinning import edition_of


def check_council(council: Council, starts_at: datetime) -> None:
    on = legal_day(starts_at)
    if not council.is_in_office(on):
        raise RuleBroken(
            "session.out_of_office",
            term("Ngày họp nằm ngoài nhiệm kỳ của hội đồng."),
            field="starts_at",
        )
    seats = [member.role for member in roster(council, on)]
    voters = sum(seat.scores for seat in seats)
    if voters < council.minimum_members or not any(seat.may_preside for seat in seats):
        raise RuleBroken(
            "session.too_few",
            term("Hội đồng cần ít nhất %(needed)s người chấm và một người chủ trì."),
            needed=council.minimum_members,
        )


def check_notice(council: Council, starts_at: datetime, at: datetime) -> None:
    earliest = working_calendar().add_working_days(legal_day(at), council.notice_working_days)
    if legal_day(starts_at) < earliest or starts_at <= at:
        raise RuleBroken(
            "session.notice",
            term(
                "Quy chế đòi báo trước %(days)s ngày làm việc: "
                "phiên họp sớm nhất là ngày %(earliest)s."
            ),
            field="starts_at",
            days=council.notice_working_days,
            earliest=f"{earliest:%d/%m/%Y}",
        )


def check_due(starts_at: datetime, sheets_due_on: date | None) -> None:
    if sheets_due_on is not None and sheets_due_on < legal_day(starts_at):
        raise RuleBroken(
            "session.due_before",
            term("Hạn nộp phiếu không được trước ngày họp."),
            field="sheets_due_on",
        )


def check_written_first(dossiers: Sequence[Dossier]) -> None:
    """A re-evaluation under written opinions meets only after they have differed."""
    for dossier in dossiers:
        if are_asked(regime(dossier.regime), dossier.kind) and not was_referred(dossier):
            raise RuleBroken(
                "session.written_first",
                term(
                    "Hồ sơ %(dossier)s là phân hạng lại: hãy lấy ý kiến bằng văn bản trước, "
                    "chỉ họp khi ý kiến khác nhau hoặc vụ việc phức tạp."
                ),
                field="dossiers",
                dossier=str(dossier),
            )


def check_dossiers(council: Council, dossiers: Sequence[Dossier]) -> None:
    """There are some, each named once, and each waits for this council."""
    if not dossiers:
        raise RuleBroken(
            "session.empty_agenda",
            term("Chương trình họp cần ít nhất một hồ sơ."),
            field="dossiers",
        )
    waiting = set(
        dossiers_waiting(council)
        .filter(pk__in=[dossier.pk for dossier in dossiers])
        .values_list("pk", flat=True)
    )
    if len({dossier.pk for dossier in dossiers}) != len(dossiers):
        raise RuleBroken(
            "session.dossier_twice", term("Một hồ sơ được chọn hai lần."), field="dossiers"
        )
    for dossier in dossiers:
        if dossier.pk not in waiting:
            raise RuleBroken(
                "session.foreign_dossier",
                term(
                    "Hồ sơ %(dossier)s chưa được tiếp nhận ở cấp này hoặc không thuộc địa bàn "
                    "của hội đồng."
                ),
                field="dossiers",
                dossier=str(dossier),
            )


def put_on_agenda(session: Session, dossiers: Sequence[Dossier], *, by: User, at: datetime) -> None:
    """In this order, each under the edition of its rubric; the dossiers go to the council."""
    for order, dossier in enumerate(dossiers, start=1):
        AgendaItem.objects.create(
            session=session, dossier=dossier, edition=edition_of(dossier), order=order
        )
        council_moves.take_to_council(dossier, by=by, at=at)
