"""Tasting by number: the secretary draws the numbers, members score samples, then close."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.text import term
from scoring import permissions
from scoring.domain.session_states import ItemState
from scoring.domain.sheet import Choices, read_choices
from scoring.models import AgendaItem, CouncilMember, SampleNumber, Session, Tasting
from scoring.selectors.councils import seat_of
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.tastings import (
    Blind,
    blind_part,
    has_closed,
    items_to_number,
    open_samples_for,
    sensory_codes,
    short_of_samples,
    tasting_of,
    tasting_rows,
)
from scoring.services.items import locked_item

FIRST, LAST = 100, 999


@transaction.atomic
def draw_numbers(
    session: Session,
    *,
    by: User,
    at: datetime,
    pick: Callable[[int], int] = secrets.randbelow,
) -> list[SampleNumber]:
    """A random number for every product that is tasted and has none; who scores may not draw.

    A product whose samples have not all come gets none (QĐ 26/2026, Điều 6.2). Refused: a session
    that is over, nothing to number (no sensory section, a sheet is begun, the tasting is closed).
    """
    current = Session.objects.select_for_update(of=("self",)).select_related("council")
    session = current.get(pk=session.pk)
    require(permissions.may_draw_numbers(by, session, on=legal_day(at)))
    _lock(AgendaItem.objects.filter(session=session))
    items = items_to_number(session)
    if not session.status.is_running or not items:
        raise RuleBroken(
            "tasting.nothing_to_number",
            term("Không còn sản phẩm nào cần phát số mẫu, hoặc đã có người bắt đầu chấm."),
        )
    items = _with_samples(items)
    taken = set(SampleNumber.objects.filter(session=session).values_list("number", flat=True))
    drawn = []
    for item in items:
        left = [number for number in range(FIRST, LAST + 1) if number not in taken]
        number = left[pick(len(left))]
        taken.add(number)
        drawn.append(
            SampleNumber(session=session, item=item, number=number, drawn_at=at, drawn_by=by)
        )
    SampleNumber.objects.bulk_create(drawn)
    journal.record(
        "scoring.samples.numbered",
        subject=session,
        actor=by,
        at=at,
        facts={"session_id": session.pk, "council": session.council.name, "count": len(drawn)},
    )
    return drawn


def _with_samples(items: list[AgendaItem]) -> list[AgendaItem]:
    short = short_of_samples(items)
    if len(short) == len(items):
        raise RuleBroken(
            "tasting.samples_missing",
            term("Chưa nhận đủ mẫu: %(products)s. Ghi mẫu vào sổ mẫu của hồ sơ rồi phát số."),
            products=", ".join(
                f"{each.item.dossier.enrolment.product.name} "
                f"({each.arrival.received}/{each.arrival.required})"
                for each in short
            ),
        )
    lacking = {each.item.pk for each in short}
    return [item for item in items if item.pk not in lacking]


@transaction.atomic
def save(
    sample: SampleNumber,
    *,
    choices: Mapping[str, str | None],
    version: int | None = None,
    by: User,
    at: datetime,
) -> Tasting:
    """Keeps what a member chose for a sample, complete or not.

    Refused as a sheet is: nobody's member, a conflict, an absent member, an option of another
    criterion; and a criterion that is not tasted, a tasting that is closed, a stale version.
    """
    current = locked_item(sample.item)
    require(permissions.may_score(by, current, on=legal_day(at)))
    member = _seat(by, current, at)
    _check_open(current, member)
    read = _tasted(current, choices)
    tasting = tasting_of(sample, member) or Tasting(sample=sample, member=member)
    if tasting.pk and tasting.choices == read:
        return tasting
    if version is not None and version != tasting.version:
        raise Stale(
            "tasting.stale",
            term("Mẫu này đã được lưu ở một thẻ hoặc máy khác. Hãy tải lại trang rồi chấm tiếp."),
        )
    tasting.choices, tasting.saved_at = read, at
    tasting.version += 1
    tasting.save()
    _record("saved", tasting, by, at)
    return tasting


@transaction.atomic
def close(session: Session, *, by: User, at: datetime) -> int:
    """Closes all of a member's tastings at once; from then on the products may be known.

    Refused: nobody's member, a product on which the member has not declared, a sample without a
    choice for every criterion. Closed already: no change. Says how many entered the sheets.
    """
    on = legal_day(at)
    member = seat_of(by, session.council, on)
    require(permissions.may_taste(by, session, on=on))
    if member is None:
        raise AssertionError("may_taste has found a seat")
    samples = open_samples_for(session, by, on)
    _lock(AgendaItem.objects.filter(pk__in=samples.values("item")))
    if has_closed(session, member):
        return 0
    _require_declared(session, member)
    waiting = [row.number for row in tasting_rows(session, member, on) if not row.is_complete]
    if waiting:
        raise RuleBroken(
            "tasting.incomplete",
            term("Còn mẫu chưa chấm xong: %(numbers)s."),
            numbers=", ".join(map(str, waiting)),
        )
    mine = Tasting.objects.select_for_update(of=("self",)).filter(
        sample__in=samples.order_by().values("pk"), member=member
    )
    closed = list(mine.order_by("pk"))
    for tasting in closed:
        tasting.closed_at = at
        tasting.save(update_fields=["closed_at"])
        _record("closed", tasting, by, at)
    return len(closed)


def without_blind(item: AgendaItem, by: User, choices: Choices) -> Blind | None:
    """The blind part of a sheet; refused where the sheet itself says something of it."""
    blind = blind_part(item, by)
    for code in blind.codes if blind else ():
        if code in choices:
            raise RuleBroken(
                "sheet.blind",
                term("Tiêu chí %(criterion)s được chấm theo số mẫu, không chấm ở phiếu này."),
                field=f"choices.{code}",
                criterion=code,
            )
    return blind


def with_tasted(item: AgendaItem, blind: Blind | None, choices: Choices) -> dict[str, str | None]:
    """The whole sheet: what was chosen, and what was tasted; refused before the tasting closes."""
    if blind is None:
        return dict(choices)
    if not blind.is_closed:
        raise RuleBroken(
            "sheet.tasting_open",
            term("Hãy chấm và chốt phần cảm quan theo số mẫu trước khi nộp phiếu."),
        )
    whole = {**choices, **blind.choices}
    return {code: whole[code] for code in rubric_of(item.edition).by_code if code in whole}


def _lock(items: QuerySet[AgendaItem]) -> None:
    """Sheets and tastings begin with the lock of their item; whoever acts on many takes them all,
    in one order."""
    list(items.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def _require_declared(session: Session, member: CouncilMember) -> None:
    open_samples = SampleNumber.objects.filter(session=session, item__state=ItemState.SCORING)
    if open_samples.exclude(item__declarations__member=member).exists():
        raise RuleBroken(
            "tasting.undeclared",
            term("Hãy khai về xung đột lợi ích với mọi sản phẩm của phiên trước khi chốt."),
        )


def _seat(by: User, item: AgendaItem, at: datetime) -> CouncilMember:
    seat = seat_of(by, item.session.council, legal_day(at))
    if seat is None:
        raise AssertionError("may_score has found a seat")
    return seat


def _check_open(item: AgendaItem, member: CouncilMember) -> None:
    if item.ballot > 1 or has_closed(item.session, member):
        raise RuleBroken(
            "tasting.closed", term("Bạn đã chốt phần cảm quan của phiên này nên không sửa được.")
        )


def _tasted(item: AgendaItem, choices: Mapping[str, str | None]) -> dict[str, str | None]:
    rubric = rubric_of(item.edition)
    read = read_choices(rubric, choices)
    tasted = sensory_codes(rubric)
    for code in read:
        if code not in tasted:
            raise RuleBroken(
                "tasting.not_sensory",
                term("Tiêu chí %(criterion)s không thuộc phần cảm quan."),
                field=f"choices.{code}",
                criterion=code,
            )
    return read


def _record(word: str, tasting: Tasting, by: User, at: datetime) -> None:
    """An entry names the sample, never the product."""
    sample = tasting.sample
    journal.record(
        f"scoring.tasting.{word}",
        subject=tasting,
        actor=by,
        at=at,
        facts={"session_id": sample.session_id, "sample": sample.number},
    )
