"""Councils: appointed by a decision with their regulation; people take seats and leave them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import term
from registry.models import Unit
from scoring import permissions
from scoring.domain.council import Seat
from scoring.models import Council, CouncilMember
from scoring.selectors.bodies import bodies_at, groups_by_body
from scoring.selectors.councils import in_office, usual_regulation

REGULATION = (
    "quorum_percent",
    "max_spread",
    "notice_working_days",
    "minimum_members",
    "reconciliation_rounds",
)


@transaction.atomic
def appoint(
    *,
    name: str,
    level: Level,
    unit: Unit,
    decision_number: str,
    decided_on: date,
    starts_on: date,
    ends_on: date | None = None,
    body: str = "",
    groups: Sequence[str] = (),
    by: User,
    at: datetime,
    quorum_percent: int | None = None,
    max_spread: int | None = None,
    notice_working_days: int | None = None,
    minimum_members: int | None = None,
    reconciliation_rounds: int | None = None,
    rounds_around_tests: bool = False,
) -> Council:
    """A council of a unit for a term; figures left out are the usual ones of its level.

    Refused: a level that has no councils or is not the unit's, a term that ends before it begins,
    a decision of later than the day, figures that cannot be, a decision that stands already.
    """
    level = Level(level)
    require(permissions.may_appoint(by, level, unit, on=legal_day(at)))
    _check_place(level, unit)
    _check_term(decided_on, starts_on, ends_on, legal_day(at))
    _check_body(level, body, groups)
    chosen = {
        "quorum_percent": quorum_percent,
        "max_spread": max_spread,
        "notice_working_days": notice_working_days,
        "minimum_members": minimum_members,
        "reconciliation_rounds": reconciliation_rounds,
    }
    council = Council(
        name=name,
        level=level,
        unit=unit,
        body=body,
        groups=sorted(set(groups)),
        decision_number=decision_number,
        decided_on=decided_on,
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_at=at,
        appointed_by=by,
        rounds_around_tests=rounds_around_tests,
        **_regulation(level, chosen),
    )
    _save_new(council)
    journal.record(
        "scoring.council.appointed",
        subject=council,
        actor=by,
        at=at,
        facts={"council": name, "decision": decision_number, "level": level.value},
    )
    return council


@transaction.atomic
def add_member(
    council: Council,
    *,
    user: User,
    seat: Seat,
    office: str = "",
    industries: Sequence[str] = (),
    starts_on: date | None = None,
    by: User,
    at: datetime,
) -> CouncilMember:
    """A person takes a seat. Refused: a second seat, a second chair, a person without account."""
    on = legal_day(at)
    require(permissions.may_change_council(by, council, on=on))
    seat = Seat(seat)
    current = Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    seated = CouncilMember.objects.filter(in_office(on), council=current)
    if not user.is_active:
        raise RuleBroken(
            "council.inactive", term("Tài khoản này đã ngừng hoạt động."), field="user"
        )
    if seated.filter(user=user).exists():
        raise RuleBroken(
            "council.seated", term("Người này đã có vị trí trong hội đồng."), field="user"
        )
    if seat is Seat.CHAIR and seated.filter(seat=Seat.CHAIR).exists():
        raise RuleBroken("council.second_chair", term("Hội đồng đã có chủ tịch."), field="seat")
    member = CouncilMember.objects.create(
        council=current,
        user=user,
        seat=seat,
        office=office,
        industries=sorted(set(industries)),
        starts_on=starts_on or on,
    )
    journal.record(
        "scoring.member.added",
        subject=member,
        actor=by,
        at=at,
        facts={"council": current.name, "council_id": current.pk, "seat": seat.label},
    )
    return member


@transaction.atomic
def end_membership(member: CouncilMember, *, by: User, at: datetime) -> CouncilMember:
    """The seat ends with this day; what was scored from it stays. Ended already: no change."""
    on = legal_day(at)
    require(permissions.may_change_council(by, member.council, on=on))
    current = CouncilMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if current.ends_on is not None and current.ends_on <= on:
        return current
    current.ends_on = max(on, current.starts_on)
    current.save(update_fields=["ends_on"])
    journal.record(
        "scoring.member.ended",
        subject=current,
        actor=by,
        at=at,
        facts={"council": member.council.name, "council_id": member.council_id},
    )
    return current


def _check_place(level: Level, unit: Unit) -> None:
    if level not in permissions.OFFICER_OF or level != unit.level:
        raise RuleBroken(
            "council.place",
            term("Hội đồng phải thuộc cấp huyện, cấp tỉnh hoặc trung ương, đúng cấp của đơn vị."),
            field="unit",
        )


def _check_body(level: Level, code: str, groups: Sequence[str]) -> None:
    body = next((each for each in bodies_at(level) if each.code == code), None)
    if body is None:
        raise RuleBroken("council.body", term("Ở cấp này không có hội đồng loại đó."), field="body")
    if body.by_group != bool(groups):
        raise RuleBroken(
            "council.groups",
            term(
                "Hội đồng chuyên ngành cần ít nhất một nhóm sản phẩm; "
                "hội đồng khác chấm mọi nhóm nên không chọn nhóm."
            ),
            field="groups",
        )
    if unknown := set(groups) - set(groups_by_body(level, code)):
        raise RuleBroken(
            "council.group_unknown",
            term("Không có nhóm sản phẩm “%(group)s”."),
            field="groups",
            group=min(unknown),
        )


def _check_term(decided_on: date, starts_on: date, ends_on: date | None, on: date) -> None:
    if decided_on > on:
        raise RuleBroken(
            "council.decided_later",
            term("Ngày quyết định thành lập không được sau hôm nay."),
            field="decided_on",
        )
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken(
            "council.term", term("Nhiệm kỳ kết thúc trước khi bắt đầu."), field="ends_on"
        )


def _regulation(level: Level, chosen: dict[str, int | None]) -> dict[str, int]:
    figures = usual_regulation(level)
    figures.update({name: value for name, value in chosen.items() if value is not None})
    limits = {
        "quorum_percent": (1, 100),
        "max_spread": (0, 100),
        "notice_working_days": (0, 60),
        "minimum_members": (1, 99),
        "reconciliation_rounds": (0, 9),
    }
    for name in REGULATION:
        lowest, highest = limits[name]
        if not lowest <= figures[name] <= highest:
            raise RuleBroken(
                "council.regulation",
                term("Con số của quy chế phải từ %(lowest)s đến %(highest)s."),
                field=name,
                lowest=lowest,
                highest=highest,
            )
    return figures


def _save_new(council: Council) -> None:
    try:
        with transaction.atomic():
            council.save(force_insert=True)
    except IntegrityError as twice:
        raise RuleBroken(
            "council.decision_once",
            term("Quyết định này đã được dùng để thành lập một hội đồng của đơn vị."),
            field="decision_number",
        ) from twice
