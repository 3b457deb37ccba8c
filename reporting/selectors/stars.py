"""How many products held which star on a day, by everything that a recognition knows.

Today's figures come from tallies counted beforehand, a province at a time; a province whose
tallies are out of step is counted from the recognitions themselves, so a figure is never stale.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from promotion.models import Recognition
from promotion.selectors import recognitions
from registry.domain.regime import Division, Level
from registry.domain.text import term
from registry.models import Unit
from registry.selectors import postings_of
from registry.selectors.people import Person
from reporting.domain.tables import StarCell
from reporting.models import StarCount, StarMark, StarTally

COLUMNS = ("stars", "group", "province", "regime", "year", "subject_kind", "level", "turn")
TREND_YEARS = 10
UNKNOWN = "0"  # the place of products whose place is not known


class Validity(StrEnum):
    """Whether a product holds its star on the day, or lost it by expiry and got none since."""

    VALID = "valid"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return _VALIDITIES[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(validity.value, validity.label) for validity in cls]


_VALIDITIES = {
    Validity.VALID: term("Còn hiệu lực"),
    Validity.EXPIRED: term("Đã hết hạn, chưa công nhận lại"),
}


@dataclass(frozen=True)
class Choice:
    """The filters of a star table; empty means any.

    `commune` is the code of one of today's; `former` of a province, district or commune of
    before 1 July 2025, and `division` says by which units the tables of places count.
    """

    on: date
    stars: int | None = None
    group: str = ""
    province: str = ""
    regime: str = ""
    year: int | None = None
    kind: str = ""
    level: str = ""
    turn: str = ""
    validity: Validity = Validity.VALID
    commune: str = ""
    former: str = ""
    division: Division = Division.TWO_TIER
    today: date | None = None

    @property
    def is_countable(self) -> bool:
        """Whether the tallies know this: today's figures by what they are counted by."""
        return self.on == self.today and not self.commune and not self.former


def held(choice: Choice, *, provinces: Mapping[str, Unit]) -> QuerySet[Recognition]:
    """The recognitions of the day that the filters leave; at most one for each product."""
    found = _on_day(choice).filter(**_wanted(choice, provinces))
    if choice.commune:
        commune = Unit.objects.filter(division=Division.TWO_TIER, code=choice.commune)
        found = found.filter(commune__in=commune.values("pk"))
    if choice.former == UNKNOWN:
        found = found.filter(former_unit__isnull=True)
    elif choice.former:
        found = found.filter(_in_former(choice.former))
    return found


def _in_former(code: str) -> Q:
    """At or below the units of before July 2025 that bear the code (of any level)."""
    paths = Unit.objects.filter(division=Division.THREE_TIER, code=code)
    below = Q(pk__in=[])
    for path in paths.values_list("path", flat=True):
        below |= Q(former_unit__path__startswith=path)
    return below


def cells(choice: Choice, *, provinces: Mapping[str, Unit]) -> list[StarCell]:
    """The counts from which every table of the page is added up; no joins."""
    codes = {unit.pk: unit.code for unit in provinces.values()}
    return [
        StarCell(stars, group, codes.get(province, ""), regime, year, count, kind, level, turn)
        for stars, group, province, regime, year, kind, level, turn, count in _rows(
            choice, provinces
        )
    ]


def subjects(choice: Choice, *, provinces: Mapping[str, Unit]) -> int:
    """How many subjects have these products."""
    spread = held(choice, provinces=provinces).aggregate(subjects=Count("subject", distinct=True))
    return int(spread["subjects"])


def places(
    choice: Choice, *, provinces: Mapping[str, Unit]
) -> tuple[list[StarCell], dict[str, Unit]]:
    """Counts by commune of the chosen province, or by former province or district; their units.

    Under the old units a product counts where it surely lay; where that is not known, its place
    is empty.
    """
    is_former = choice.division is Division.THREE_TIER
    if not is_former and not choice.province:
        return [], {}
    column = "former_unit" if is_former else "commune"
    counted = (
        held(choice, provinces=provinces).values_list(column, "stars").annotate(count=Count("pk"))
    )
    rows = list(counted)
    known = Unit.objects.select_related("parent__parent").in_bulk(
        {unit for unit, _stars, _count in rows if unit}
    )
    depth = Level.DISTRICT if choice.former or choice.province else Level.PROVINCE
    units: dict[str, Unit] = {}
    found = []
    for pk, stars, count in rows:
        unit = _at(known.get(pk), depth) if is_former else known.get(pk)
        code = unit.code if unit else ""
        if unit:
            units[code] = unit
        found.append(StarCell(stars, "", "", "", 0, count, place=code))
    return found, dict(sorted(units.items(), key=lambda item: item[1].sort_key))


def trend(choice: Choice, *, provinces: Mapping[str, Unit]) -> list[tuple[date, dict[int, int]]]:
    """How many products held each star at the end of the last years, and on the day: one query."""
    days = [
        *(date(year, 12, 31) for year in range(choice.on.year - TREND_YEARS + 1, choice.on.year)),
        choice.on,
    ]
    spans = Recognition.objects.filter(
        starts_on__lte=choice.on, ends_on__gte=days[0], **_wanted(choice, provinces)
    )
    counts = {
        f"d{place}": Count("pk", filter=Q(starts_on__lte=day, ends_on__gte=day))
        for place, day in enumerate(days)
    }
    rows = list(spans.order_by().values_list("stars").annotate(**counts))
    return [
        (day, {stars: found[place] for stars, *found in rows}) for place, day in enumerate(days)
    ]


def own_place(user: Person, on: date) -> dict[str, str]:
    """The filter of the reader's own area, where a posting on a unit names one."""
    for posting in postings_of(user, on).filter(unit__isnull=False):
        unit = posting.unit
        if unit is None or unit.is_country:
            continue
        if unit.division == Division.THREE_TIER:
            return {"division": Division.THREE_TIER.value, "former": unit.code}
        province = unit.province
        place = {"province": province.code} if province else {}
        return place | ({"commune": unit.code} if unit.level == Level.COMMUNE else {})
    return {}


def counted_provinces(on: date) -> list[int]:
    """The provinces whose tallies are those of the day, with nothing changed since."""
    marked = StarMark.objects.order_by().values("province")
    counts = StarCount.objects.filter(counted_for=on).exclude(province__in=marked)
    return list(counts.order_by().values_list("province", flat=True))


def recount(province: Unit, *, on: date) -> list[tuple[Any, ...]]:
    """Every tally of a province as the recognitions give it."""
    return [
        (validity.value, *row)
        for validity in Validity
        for row in _counted(_on_day(Choice(on=on, validity=validity)).filter(province=province))
    ]


def _rows(choice: Choice, provinces: Mapping[str, Unit]) -> Iterable[tuple[Any, ...]]:
    if not choice.is_countable:
        return _counted(held(choice, provinces=provinces))
    counted = counted_provinces(choice.on)
    wanted = _wanted(choice, provinces)
    tallies = StarTally.objects.filter(
        validity=choice.validity.value, province__in=counted, **wanted
    )
    rows = list(tallies.order_by().values_list(*COLUMNS).annotate(count=Sum("products")))
    if len(counted) < len(provinces):
        rest = held(choice, provinces=provinces).exclude(province__in=counted)
        rows += _counted(rest)
    return rows


def _counted(found: QuerySet[Recognition]) -> Sequence[tuple[Any, ...]]:
    return list(found.order_by().values_list(*COLUMNS).annotate(count=Count("pk")))


def _on_day(choice: Choice) -> QuerySet[Recognition]:
    if choice.validity is Validity.VALID:
        return recognitions.held(on=choice.on).order_by()
    is_last = Q(next_starts_on__isnull=True) | Q(next_starts_on__gt=choice.on)
    return Recognition.objects.filter(
        is_last, ends_on__lt=choice.on, ends_naturally=True
    ).order_by()


def _wanted(choice: Choice, provinces: Mapping[str, Unit]) -> dict[str, Any]:
    """The plain equalities; the same column names stand in recognitions and tallies."""
    wanted: dict[str, Any] = {
        "stars": choice.stars,
        "group": choice.group,
        "regime": choice.regime,
        "year": choice.year,
        "subject_kind": choice.kind,
        "level": choice.level,
        "turn": choice.turn,
    }
    if choice.province:
        unit = provinces.get(choice.province)
        wanted["province"] = unit.pk if unit else 0
    return {name: value for name, value in wanted.items() if value not in (None, "")}


def _at(unit: Unit | None, level: Level) -> Unit | None:
    """The unit at or above at this level."""
    if unit is None:
        return None
    return unit.district if level is Level.DISTRICT else unit.province
