"""Councils, sessions, sheets and results at every stage, made through the services alone."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cycle.domain.dossier import SELF_ASSESSED
from cycle.models import Dossier
from cycle.services import intake, lodgings
from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Unit
from scoring.domain.certificate_states import RevocationGround
from scoring.domain.chain import OutcomeKind
from scoring.domain.council import Seat
from scoring.domain.decision_states import DecisionKind
from scoring.domain.measures import Case
from scoring.domain.rubric import Criterion, Rubric
from scoring.domain.sheet import tally
from scoring.models import (
    AgendaItem,
    Certificate,
    Complaint,
    Council,
    CouncilMember,
    Decision,
    Package,
    Rating,
    RubricEdition,
    Session,
)
from scoring.permissions import OFFICER_OF
from scoring.selectors.boards import board_of, proposed_findings
from scoring.selectors.bodies import due_body
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.self_assessments import fact_of
from scoring.services import (
    attendance,
    complaints,
    councils,
    decisions,
    declarations,
    drafts,
    gates,
    measures,
    packages,
    ratings,
    self_assessments,
    sessions,
    sheets,
    written_opinions,
)
from tests.factories import cycle, registry, rubrics

NOW = registry.NOW
TODAY = registry.TODAY
MEETING = NOW + timedelta(days=7)  # a public holiday and a weekend lie between
DECIDED_ON = (MEETING + timedelta(days=1)).date()
SIGNING = MEETING + timedelta(days=2)


def choices_of_total(rubric: Rubric, total: int) -> dict[str, str | None]:
    """Choices for every criterion whose points add up to exactly `total`."""
    reached: dict[int, list[str | None]] = {0: []}
    for criterion in rubric.criteria:
        further: dict[int, list[str | None]] = {}
        for points, chosen in reached.items():
            for option, worth in _offers(criterion):
                further.setdefault(points + worth, [*chosen, option])
        reached = further
    choices = dict(zip(rubric.by_code, reached[total], strict=True))
    assert tally(rubric, choices).total == total
    return choices


def _offers(criterion: Criterion) -> list[tuple[str | None, int]]:
    offers: list[tuple[str | None, int]] = [
        (option.id, option.points) for option in reversed(criterion.options)
    ]
    return offers if any(worth == 0 for _option, worth in offers) else [*offers, (None, 0)]


def self_assessed(dossier: Dossier, *, total: int = 80, at: datetime = NOW) -> Dossier:
    """The subject has answered every criterion."""
    edition = rubrics.edition(dossier.regime, dossier.product_set.number)
    self_assessments.save(
        dossier,
        choices=choices_of_total(rubric_of(edition), total),
        by=cycle.owner_of(dossier.enrolment),
        at=at,
    )
    return dossier


def lodged_dossier(*, regime: str = "2019", at: datetime = NOW, **facts: Any) -> Dossier:
    """Lodged with its self-assessment, on a real rubric."""
    dossier = self_assessed(cycle.filled_dossier(regime=regime, at=at, **facts), at=at)
    fact = fact_of(dossier)
    return lodgings.lodge(
        dossier,
        facts=frozenset({SELF_ASSESSED}) if fact.is_complete else frozenset(),
        rubric_hash=fact.rubric_hash,
        assessment=fact.summary,
        by=cycle.owner_of(dossier.enrolment),
        at=at,
    )


def accepted_dossier(*, regime: str = "2019", at: datetime = NOW, **facts: Any) -> Dossier:
    """Taken in by the first level that scores."""
    dossier = lodged_dossier(regime=regime, at=at, **facts)
    if dossier.level == Level.COMMUNE:
        dossier = intake.report_by_commune(
            dossier,
            local_material="Nguyên liệu trong xã",
            local_labour="18 trên 25 lao động của xã",
            origin_of_idea="Nghề truyền thống",
            local_identity="Gắn với vùng chè",
            by=cycle.officer_for(dossier.enrolment, Level.COMMUNE),
            at=at,
        )
    return cycle.received(dossier, at=at)


def unit_for(dossier: Dossier) -> Unit:
    return cycle.unit_of(dossier.enrolment.commune, Level(dossier.level))


def province_of(dossier: Dossier) -> Unit:
    return cycle.unit_of(dossier.enrolment.commune, Level.PROVINCE)


@dataclass
class Room:
    """A council with its people at hand."""

    council: Council
    officer: User
    chair: CouncilMember
    members: list[CouncilMember]
    secretary: CouncilMember
    vice_chairs: list[CouncilMember] = field(default_factory=list)

    @property
    def voters(self) -> list[CouncilMember]:
        return [self.chair, *self.vice_chairs, *self.members]

    @property
    def everybody(self) -> list[CouncilMember]:
        return [*self.voters, self.secretary]


_numbers = iter(range(1, 100_000))


def room(level: Level, unit: Unit, *, members: int = 3, vice_chairs: int = 0, **facts: Any) -> Room:
    """A council of a chair, so many members, and a secretary."""
    role = {
        Level.DISTRICT: Role.DISTRICT_OFFICER,
        Level.PROVINCE: Role.PROVINCIAL_OFFICER,
        Level.CENTRAL: Role.CENTRAL_OFFICER,
    }[level]
    officer = cycle.holder(role, unit)
    council = councils.appoint(
        name=f"Hội đồng OCOP {unit.name}",
        level=level,
        unit=unit,
        decision_number=f"{next(_numbers)}/QĐ-UBND",
        decided_on=date(2026, 1, 5),
        starts_on=date(2026, 1, 6),
        by=officer,
        at=NOW,
        **facts,
    )

    def seated(seat: Seat, user: User | None = None) -> CouncilMember:
        return councils.add_member(
            council,
            user=user or registry.person(),
            seat=seat,
            starts_on=date(2026, 1, 6),
            by=officer,
            at=NOW,
        )

    return Room(
        council=council,
        officer=officer,
        chair=seated(Seat.CHAIR),
        vice_chairs=[seated(Seat.VICE_CHAIR) for _ in range(vice_chairs)],
        members=[seated(Seat.MEMBER) for _ in range(members)],
        secretary=seated(Seat.SECRETARY),
    )


def room_for(dossier: Dossier, **facts: Any) -> Room:
    """A council of the kind whose turn the dossier is."""
    body = due_body(dossier)
    if body.code:
        facts["body"] = body.code
        facts["groups"] = [dossier.product_set.industry] if body.by_group else []
    return room(Level(dossier.level), unit_for(dossier), **facts)


def called(held: Room, *called_for: Dossier, at: datetime = NOW, **facts: Any) -> Session:
    return sessions.call(
        held.council,
        dossiers=list(called_for),
        starts_at=at + (MEETING - NOW),
        place="Phòng họp số 2",
        by=held.officer,
        at=at,
        **facts,
    )


def opened(
    held: Room,
    session: Session,
    *,
    present: Sequence[CouncilMember] | None = None,
    in_conflict: Sequence[CouncilMember] = (),
) -> Session:
    """Everybody has declared, the session is open, those who are there are marked."""
    at = session.starts_at
    for item in session.items.order_by("order"):
        for member in held.everybody:
            declarations.declare(
                item, has_conflict=member in in_conflict, by=member.user, at=session.called_at
            )
    session = sessions.open_session(session, by=held.secretary.user, at=at)
    for member in held.everybody if present is None else present:
        attendance.mark_present(session, member, by=held.secretary.user, at=at)
    return session


def item_of(session: Session) -> AgendaItem:
    item = session.items.select_related("session__council__unit", "edition", "dossier").order_by(
        "order"
    )[0]
    return AgendaItem.objects.get(pk=item.pk)


def submitted(item: AgendaItem, member: CouncilMember, total: int) -> None:
    """A member's sheet with this total is in."""
    item.refresh_from_db()
    sheets.submit(
        item,
        choices=choices_of_total(rubric_of(item.edition), total),
        by=member.user,
        at=item.session.starts_at,
    )


def scored(item: AgendaItem, voters: Sequence[CouncilMember], totals: Sequence[int]) -> AgendaItem:
    """Each voter's sheet is in, in this order of totals."""
    for member, total in zip(voters, totals, strict=True):
        submitted(item, member, total)
    return AgendaItem.objects.get(pk=item.pk)


def gates_found(item: AgendaItem, by: User, **shut: Any) -> None:
    """The council finds what the majority of its sheets says, but for the gates named shut."""
    closed = set(shut.get("shut", ()))
    proposed = proposed_findings(board_of(item))
    findings = {
        key: (key not in closed) and (met or bool(shut.get("open_all")))
        for key, met in proposed.items()
    }
    if findings:
        gates.find(item, findings=findings, by=by, at=item.session.starts_at)


def concluded(
    dossier: Dossier, totals: Sequence[int], *, at: datetime = NOW, **found: Any
) -> Rating:
    """A whole session on one dossier, with a sheet of each total, the chair's first.

    Where several councils of the level score, each of them gives the same totals.
    """
    least = min(3, len(totals))
    held = room_for(dossier, members=len(totals) - 1, minimum_members=least)
    session = opened(held, called(held, dossier, at=at))
    item = scored(item_of(session), held.voters, totals)
    gates_found(item, held.chair.user, **{"open_all": True, **found})
    rating = ratings.conclude(item, by=held.chair.user, at=session.starts_at)
    assert rating is not None
    if rating.result is OutcomeKind.PASSED_ON and not found.get("one_body"):
        return concluded(Dossier.objects.get(pk=dossier.pk), totals, at=at, **found)
    return rating


def drafted(*concluded_ratings: Rating, number: str | None = None, **facts: Any) -> Decision:
    """A draft of the unit's authority that names these results."""
    first = concluded_ratings[0]
    level: Level = facts.pop("level", Level(first.level))
    unit: Unit = facts.pop("unit", first.unit)
    role = {
        Level.DISTRICT: Role.DISTRICT_OFFICER,
        Level.PROVINCE: Role.PROVINCIAL_OFFICER,
        Level.CENTRAL: Role.CENTRAL_OFFICER,
    }[level]
    return drafts.draft(
        level=level,
        unit=unit,
        ratings=concluded_ratings,
        title="Công nhận sản phẩm OCOP",
        decided_on=facts.pop("decided_on", (first.concluded_at + timedelta(days=1)).date()),
        number=f"{next(_numbers)}/QĐ-UBND" if number is None else number,
        by=cycle.holder(role, unit),
        at=facts.pop("at", first.concluded_at + timedelta(days=1)),
    )


def presented(decision: Decision) -> Decision:
    """Put before the authority."""
    role = {
        Level.DISTRICT: Role.DISTRICT_OFFICER,
        Level.PROVINCE: Role.PROVINCIAL_OFFICER,
        Level.CENTRAL: Role.CENTRAL_OFFICER,
    }[Level(decision.level)]
    officer = cycle.holder(role, decision.unit)
    return decisions.present(decision, by=officer, at=decision.drafted_at)


def signed(decision: Decision, *, at: datetime | None = None) -> Decision:
    """Presented by the unit's office, signed by its authority."""
    return decisions.sign(
        presented(decision),
        signer_title="Chủ tịch",
        by=cycle.holder(Role.AUTHORITY, decision.unit),
        at=at or decision.drafted_at + timedelta(days=1),
    )


def concluded_in_writing(dossier: Dossier, totals: Sequence[int], *, at: datetime) -> Rating:
    """A re-evaluation decided without a meeting: everybody answers in writing and agrees."""
    held = room_for(dossier, members=len(totals) - 1, minimum_members=min(3, len(totals)))
    due_on = (at + timedelta(days=20)).date()
    session = written_opinions.ask(
        held.council, dossiers=[dossier], due_on=due_on, by=held.officer, at=at
    )
    for member in held.everybody:
        declarations.declare(item_of(session), has_conflict=False, by=member.user, at=at)
    session = sessions.open_session(session, by=held.secretary.user, at=at)
    item = scored(item_of(session), held.voters, totals)
    gates_found(item, held.chair.user, open_all=True)
    rating = ratings.conclude(item, by=held.chair.user, at=at)
    assert rating is not None
    return rating


def certified(rating: Rating, day: date) -> Certificate:
    """What the authority's signature of a day issues for a result."""
    at = at_day(day.year, day.month, day.day)
    signed(drafted(rating, decided_on=day, at=at), at=at)
    return Certificate.objects.get(rating=rating)


def complaint(rating: Rating, *, at: datetime) -> Complaint:
    """The producer complains about the first criterion of a result."""
    code = rubric_of(rating.edition).criteria[0].code
    by = cycle.owner_of(rating.dossier.enrolment)
    return complaints.lodge(rating, points={code: "Hồ sơ có hợp đồng"}, by=by, at=at)


def package_of(rating: Rating) -> Package:
    """The package with which the file of a result would go up, made."""
    row = Package.objects.create(
        dossier=rating.dossier,
        rating=rating,
        from_level=rating.level,
        to_level=Level.CENTRAL,
        sent_at=rating.concluded_at,
    )
    return packages.make(row)


CASE = {each.name for each in fields(Case)}


def case_of(kind: DecisionKind, *, on: date = TODAY, **facts: Any) -> Case:
    """A case with everything that the measure needs."""
    takes_away = kind is not DecisionKind.RESTORE
    given: dict[str, Any] = {
        "note": "Theo biên bản kiểm tra",
        "concluded_on": on,
        "ground": RevocationGround.MARK_MISUSED if takes_away else None,
        "heard_on": on if takes_away else None,
        "hearing_note": "Chủ thể đã giải trình" if takes_away else "",
        **facts,
    }
    return Case(**given)


def measure(held: Certificate, kind: DecisionKind, *, at: datetime = NOW, **facts: Any) -> Decision:
    """A draft about a certificate, by the office of its authority."""
    day = legal_day(at)
    given: dict[str, Any] = {
        "certificates": [held],
        "case": case_of(kind, on=day, **{name: facts.pop(name) for name in CASE & set(facts)}),
        "title": f"{kind.label} giấy chứng nhận số {held.number}",
        "decided_on": day,
        "number": f"{500_000 + next(_numbers)}/QĐ-UBND",
        **facts,
    }
    officer = cycle.holder(OFFICER_OF[Level(held.level)], held.unit)
    return measures.draft(kind, by=officer, at=at, **given)


def decided(held: Certificate, kind: DecisionKind, *, at: datetime = NOW, **facts: Any) -> Decision:
    """The measure, signed: the certificate's state follows."""
    decision = signed(measure(held, kind, at=at, **facts), at=at)
    held.refresh_from_db()
    return decision


def edition_of(dossier: Dossier) -> RubricEdition:
    return RubricEdition.objects.get(
        content_hash=dossier.rubric_hash, set_number=dossier.product_set.number
    )


def at_day(year: int, month: int, day: int) -> datetime:
    """Ten in the morning of a Vietnamese day."""
    return datetime(year, month, day, 3, 0, tzinfo=UTC)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
