"""Opens and closes rounds."""

from datetime import date, datetime

from django.db import transaction

from cycle.domain.rounds import RoundKind, levels_of
from cycle.models import Round
from cycle.permissions import may_close_round, may_open_round
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division
from registry.domain.text import nfc, term
from registry.models import Unit
from registry.selectors import regime as regime_of


@transaction.atomic
def open_round(
    *,
    name: str,
    regime: str,
    division: Division,
    unit: Unit,
    year: int,
    opens_on: date,
    closes_on: date,
    kind: RoundKind = RoundKind.ORDINARY,
    by: User,
    at: datetime,
) -> Round:
    """A round in a province or in the whole country, under one regime and one division.

    A contest is opened at the level that the regime names for it.

    Refused: a regime whose criteria are not known, a place of the other division or below a
    province, days in the wrong order, a second round of the same name in the same year.
    """
    require(may_open_round(by, unit, on=legal_day(at)))
    # Two officers who open the same round at once are put in line by the unit's row.
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    name = nfc(name).strip()
    kind = RoundKind(kind)
    _check_law(regime, Division(division), unit, kind)
    if closes_on < opens_on:
        raise RuleBroken(
            "round.days", term("Ngày kết thúc phải sau ngày bắt đầu."), field="closes_on"
        )
    if Round.objects.filter(unit=unit, year=year, name=name).exists():
        raise RuleBroken("round.name", term("Năm này đã có đợt mang tên đó."), field="name")
    season = Round.objects.create(
        name=name,
        kind=kind,
        regime=regime,
        division=Division(division),
        unit=unit,
        year=year,
        opens_on=opens_on,
        closes_on=closes_on,
        opened_at=at,
    )
    journal.record(
        "cycle.round.opened",
        subject=season,
        actor=by,
        at=at,
        facts={"round": name, "regime": regime, "unit": unit.pk, "closes_on": closes_on},
    )
    return season


@transaction.atomic
def close(season: Round, *, by: User, at: datetime) -> Round:
    """The round takes nothing more in from now on; what is under way goes on. Twice: no change."""
    require(may_close_round(by, season, on=legal_day(at)))
    current = Round.objects.select_for_update(of=("self",)).select_related("unit").get(pk=season.pk)
    if current.closed_at is not None:
        return current
    current.closed_at = at
    current.save(update_fields=["closed_at"])
    journal.record(
        "cycle.round.closed", subject=current, actor=by, at=at, facts={"round": current.name}
    )
    return current


def _check_law(regime: str, division: Division, unit: Unit, kind: RoundKind) -> None:
    if not regime_of(regime).scoring:
        raise RuleBroken(
            "round.no_scoring",
            term("Bộ quy định này chỉ dùng cho dữ liệu cũ, không mở được đợt mới."),
            field="regime",
        )
    levels = levels_of(kind, regime_of(regime))
    if not levels:
        raise RuleBroken(
            "round.no_contest",
            term("Bộ quy định này không có cuộc thi sản phẩm của cấp dưới."),
            field="kind",
        )
    if unit.level not in levels:
        raise RuleBroken("round.unit_level", _WHERE[kind], field="unit")
    if not unit.is_country and unit.division != division:
        raise RuleBroken(
            "round.unit_division",
            term("%(unit)s không thuộc hệ đơn vị của đợt."),
            field="unit",
            unit=unit.name,
        )


_WHERE = {
    RoundKind.ORDINARY: term("Đợt được mở ở cấp tỉnh hoặc cho cả nước."),
    RoundKind.CONTEST: term("Cuộc thi sản phẩm do cấp huyện mở cho địa bàn của mình."),
}
