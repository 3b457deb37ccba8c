"""The star figures that were counted beforehand: which are in step, and how to read the fewest.

Each province has figures of its own for each kept day; the country has the sum of its provinces
where all of them were in step.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet

from registry.domain.places import COUNTRY_PATH
from registry.models import Unit
from reporting.domain.star_margins import ALL_STARS, WHOLE
from reporting.models import StarCount, StarMargin, StarMark, StarTally
from reporting.selectors.star_choices import Choice, wanted

TREND_YEARS = 10
# Asked by every call of the public figures: putting it together anew costs more than its answer.
STANDING = (
    "SELECT counted.id FROM reporting_starcount counted"
    " JOIN registry_unit unit ON unit.id = counted.province_id"
    " WHERE unit.path = %s AND counted.counted_for = %s"
    " AND NOT EXISTS (SELECT 1 FROM reporting_starmark WHERE since <= %s)"
)


def days(on: date) -> list[date]:
    """The days of which figures are kept: the ends of the last years, and the day itself."""
    ends = [date(year, 12, 31) for year in range(on.year - TREND_YEARS + 1, on.year)]
    return [*ends, on]


def scope(choice: Choice, provinces: Mapping[str, Unit]) -> Mapping[str, Unit]:
    """The provinces that the choice asks for."""
    if not choice.province:
        return provinces
    return {code: unit for code, unit in provinces.items() if code == choice.province}


def in_step(asked: Iterable[date], provinces: Mapping[str, Unit]) -> dict[date, frozenset[int]]:
    """By day: which of the provinces have figures of the day with nothing changed since."""
    keys = [unit.pk for unit in provinces.values()]
    counted: dict[date, set[int]] = {day: set() for day in asked}
    marks = StarMark.objects.filter(
        province=OuterRef("province"), since__lte=OuterRef("counted_for")
    )
    rows = StarCount.objects.filter(
        ~Exists(marks), counted_for__in=counted, province__in=keys
    ).order_by()
    for day, province in rows.values_list("counted_for", "province"):
        counted[day].add(province)
    return {day: frozenset(found) for day, found in counted.items()}


def whole_in_step(asked: Iterable[date]) -> set[date]:
    """The days for which the sum of the country stands."""
    marks = StarMark.objects.filter(since__lte=OuterRef("counted_for"))
    rows = StarCount.objects.filter(
        ~Exists(marks), province__path=COUNTRY_PATH, counted_for__in=list(asked)
    )
    return set(rows.order_by().values_list("counted_for", flat=True))


def standing(on: date) -> int | None:
    """The key of the country's count for a day; None where something changed since.

    Counting again makes another count with another key.
    """
    day = on.isoformat()
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [COUNTRY_PATH, day, day])
        found: tuple[int] | None = cursor.fetchone()
    return found[0] if found else None


def whole(on: date) -> QuerySet[StarMargin]:
    """The margins of the country for a day; no row at all where the sum does not stand.

    They go with the count of any province, so that no mark is all that must be asked for.
    """
    marks = StarMark.objects.filter(since__lte=on)
    return StarMargin.objects.filter(
        ~Exists(marks), province__path=COUNTRY_PATH, counted_for=on
    ).order_by()


def margin_of(choice: Choice) -> dict[str, Any]:
    """The margin of the one value that was narrowed, else that of everything."""
    found: dict[str, Any] = {"validity": choice.validity.value, "dimension": WHOLE}
    for dimension, value in choice.narrowed.items():
        found |= {"dimension": dimension.value, "value": str(value)}
    return found


def stored(choice: Choice, provinces: Mapping[str, Unit]) -> QuerySet[Any]:
    """The fewest rows of all days that add up to the choice, each of one star."""
    if len(choice.narrowed) > 1:
        tallies = StarTally.objects.filter(**wanted(choice, provinces))
        return tallies.filter(validity=choice.validity.value).order_by()
    margins = StarMargin.objects.filter(**margin_of(choice)).exclude(stars=ALL_STARS)
    return (margins.filter(stars=choice.stars) if choice.stars else margins).order_by()


def counted(found: QuerySet[Any], columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """The distinct values of the columns, each with its products."""
    return list(found.order_by().values_list(*columns).annotate(count=Count("pk")))
