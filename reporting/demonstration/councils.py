"""Step five as the officers, councils and authorities walk it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from cycle.domain.dossier import DossierState
from cycle.models import Dossier
from cycle.services import intake
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.models import Unit
from reporting.demonstration.aims import choices_towards
from reporting.demonstration.calendar import Calendar
from reporting.demonstration.people import Bench
from reporting.demonstration.producers import aim_of
from scoring.domain.council import Seat
from scoring.models import AgendaItem, Council, Decision, Rating, Session
from scoring.selectors.boards import board_of, gates_to_find, proposed_findings
from scoring.selectors.councils import roster
from scoring.selectors.ratings import awaiting_decision
from scoring.selectors.rubrics import rubric_of
from scoring.services import (
    attendance,
    councils,
    decisions,
    declarations,
    drafts,
    gates,
    ratings,
    sessions,
    sheets,
)

# What the members of a bench add to the aim, so that no two sheets are the same.
LEANINGS = (0, 2, -2, 1, -1)
CALLED_EARLIER = 8  # days before the meeting


@dataclass(frozen=True)
class Table:
    """A council with its people, the officer who takes dossiers in, and the authority."""

    council: Council
    bench: Bench
    officer: User
    authority: User


def appoint(
    name: str,
    *,
    unit: Unit,
    bench: Bench,
    officer: User,
    authority: User,
    calendar: Calendar,
    ago: int,
    body: str = "",
    groups: Sequence[str] = (),
) -> Table:
    """A council of the unit's level with the usual regulation."""
    at = calendar.at(ago)
    council = councils.appoint(
        name=name,
        level=Level(unit.level),
        unit=unit,
        body=body,
        groups=groups,
        decision_number=f"{100 + unit.pk % 800 + bool(body)}/QĐ-UBND",
        decided_on=calendar.day(ago),
        starts_on=calendar.day(ago),
        by=officer,
        at=at,
    )
    seats = [(bench.chair, Seat.CHAIR), *((each, Seat.MEMBER) for each in bench.members)]
    for user, seat in (*seats, (bench.secretary, Seat.SECRETARY)):
        councils.add_member(council, user=user, seat=seat, by=officer, at=at)
    return Table(council=council, bench=bench, officer=officer, authority=authority)


def take_in(
    table: Table,
    *,
    commune_officers: dict[int, User],
    calendar: Calendar,
    ago: int,
    products: Collection[int] = (),
) -> None:
    """The commune reports where the regime asks for it, then the officer finds it complete.

    Of `products` only, or of every product that waits.
    """
    for dossier in _in_territory(table, products).filter(state=DossierState.AT_COMMUNE):
        intake.report_by_commune(
            dossier,
            local_material="Phần lớn nguyên liệu lấy trong xã, đã xem tại vườn.",
            local_labour="Lao động chủ yếu là người trong xã.",
            origin_of_idea="Phát triển từ nghề có sẵn ở địa phương.",
            local_identity="Cách làm gắn với tập quán địa phương.",
            by=commune_officers[dossier.enrolment.commune_id],
            at=calendar.at(ago + 3),
        )
    waiting = _in_territory(table, products).filter(
        state__in=(DossierState.LODGED, DossierState.FORWARDED), level=table.council.level
    )
    for dossier in waiting:
        intake.receive(dossier, by=table.officer, at=calendar.at(ago))


def _in_territory(table: Table, products: Collection[int]) -> QuerySet[Dossier]:
    found = Dossier.objects.filter(
        enrolment__commune__path__startswith=table.council.unit.path
    ).select_related("enrolment")
    return (found.filter(enrolment__product__in=products) if products else found).order_by("pk")


def call_session(
    table: Table, dossiers_to_score: Sequence[Dossier], *, calendar: Calendar, ago: int
) -> Session:
    """Called a week ahead, opened on its day, everybody present and free of conflict."""
    session = sessions.call(
        table.council,
        dossiers=dossiers_to_score,
        starts_at=calendar.at(ago, 8),
        place=f"Phòng họp, {table.council.unit.name}",
        by=table.officer,
        at=calendar.at(ago + CALLED_EARLIER),
    )
    for member in roster(table.council, calendar.day(ago)):
        for item in session.items.order_by("order"):
            declarations.declare(item, has_conflict=False, by=member.user, at=calendar.at(ago + 1))
    sessions.open_session(session, by=table.bench.secretary, at=calendar.at(ago, 8, 30))
    for member in roster(table.council, calendar.day(ago)):
        attendance.mark_present(
            session, member, by=table.bench.secretary, at=calendar.at(ago, 8, 35)
        )
    return session


def score(
    table: Table, session: Session, aims: dict[int, int], *, calendar: Calendar, ago: int
) -> list[Rating]:
    """Every voter fills a sheet towards the aim of the product; the chair concludes."""
    found = []
    for item in session.items.order_by("order"):
        stars = aims[item.dossier.enrolment.product_id]
        _fill_sheets(table, item, stars, calendar=calendar, ago=ago)
        _find_gates(table, item, calendar=calendar, ago=ago)
        rating = ratings.conclude(item, by=table.bench.chair, at=calendar.at(ago, 15))
        if rating is not None:
            found.append(rating)
    sessions.close(session, by=table.bench.secretary, at=calendar.at(ago, 16))
    return found


def _fill_sheets(
    table: Table, item: AgendaItem, stars: int, *, calendar: Calendar, ago: int
) -> None:
    rubric = rubric_of(item.edition)
    aim = aim_of(stars, item.dossier.enrolment.product_id)
    for turn, voter in enumerate(table.bench.voters):
        choices = choices_towards(rubric, total=aim + LEANINGS[turn], stars=stars, turn=turn * 5)
        sheets.submit(item, choices=choices, by=voter, at=calendar.at(ago, 10, turn * 5))


def _find_gates(table: Table, item: AgendaItem, *, calendar: Calendar, ago: int) -> None:
    item = AgendaItem.objects.get(pk=item.pk)
    board = board_of(item)
    band = max(gate.star for gate in board.rubric.gates) if board.rubric.gates else 0
    needed = {(gate.criterion, gate.star) for gate in gates_to_find(board.rubric, band)}
    proposed = {key: met for key, met in proposed_findings(board).items() if key in needed}
    if proposed:
        gates.find(item, findings=proposed, by=table.bench.chair, at=calendar.at(ago, 14))


def present_decision(table: Table, *, number: int, calendar: Calendar, ago: int) -> Decision | None:
    """A draft over everything that this level may recognise now, before the authority."""
    level = Level(table.council.level)
    waiting = list(awaiting_decision(table.council.unit, level))
    if not waiting:
        return None
    draft = drafts.draft(
        level=level,
        unit=table.council.unit,
        ratings=waiting,
        title=f"Công nhận sản phẩm OCOP {table.council.unit.name} (trình diễn)",
        decided_on=calendar.day(ago),
        number=f"{number}/QĐ-UBND" if level is not Level.CENTRAL else f"{number}/QĐ-BNNMT",
        by=table.officer,
        at=calendar.at(ago),
    )
    return decisions.present(draft, by=table.officer, at=calendar.at(ago))


def decide(table: Table, *, number: int, calendar: Calendar, ago: int) -> None:
    """The draft is signed on the same day: certificates are issued, stars handed down."""
    decision = present_decision(table, number=number, calendar=calendar, ago=ago)
    if decision is not None:
        decisions.sign(
            decision,
            signer_title="Người ký hư cấu",
            by=table.authority,
            at=calendar.at(ago, 15),
        )
