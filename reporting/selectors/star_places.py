"""Star figures by the lesser places: communes of today, provinces and districts of before."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db.models import Sum

from registry.domain.regime import Division, Level
from registry.models import Unit
from registry.selectors import postings_of
from registry.selectors.people import Person
from reporting.domain.star_margins import ALL_STARS
from reporting.domain.tables import StarCell
from reporting.models import StarMargin
from reporting.selectors import star_counts
from reporting.selectors.star_choices import Choice, by_star_and_province, held
from reporting.selectors.star_recounts import COMMUNE, FORMER

Placed = tuple[int | None, int, int]  # unit, stars, products


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
    rows = _placed(choice, provinces, is_former=is_former)
    known = Unit.objects.select_related("parent__parent").in_bulk(
        {unit for unit, _stars, _count in rows if unit}
    )
    depth = Level.DISTRICT if choice.former or choice.province else Level.PROVINCE
    units: dict[str, Unit] = {}
    counts: Counter[tuple[str, int]] = Counter()
    for pk, stars, count in rows:
        unit = known.get(pk) if pk else None
        if is_former:
            unit = _at(unit, depth)
        code = unit.code if unit else ""
        if unit:
            units[code] = unit
        counts[code, stars] += count
    found = [StarCell(stars, "", "", "", 0, n, place=code) for (code, stars), n in counts.items()]
    return found, dict(sorted(units.items(), key=lambda item: item[1].sort_key))


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


def _placed(choice: Choice, provinces: Mapping[str, Unit], *, is_former: bool) -> list[Placed]:
    """From the margins of the places; what is narrowed or out of step from the recognitions."""
    asked = star_counts.scope(choice, provinces)
    in_step = star_counts.in_step([choice.on], asked)[choice.on]
    if choice.narrowed or choice.is_local:
        in_step = frozenset()
    rows: list[Placed] = []
    if in_step:
        margin = StarMargin.objects.filter(
            counted_for=choice.on,
            validity=choice.validity.value,
            dimension=FORMER if is_former else COMMUNE,
            **by_star_and_province(choice, provinces),
        )
        found = margin.filter(province__in=in_step).exclude(stars=ALL_STARS).order_by()
        sums = found.values_list("value", "stars").annotate(Sum("products"))
        rows += [(int(value) if value else None, stars, count) for value, stars, count in sums]
    if len(in_step) < len(asked):
        rest = held(choice, provinces=provinces).exclude(province__in=in_step)
        rows += star_counts.counted(rest, ("former_unit" if is_former else "commune", "stars"))
    return rows


def _at(unit: Unit | None, level: Level) -> Unit | None:
    """The unit at or above at this level."""
    if unit is None:
        return None
    return unit.district if level is Level.DISTRICT else unit.province
