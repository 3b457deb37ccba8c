"""Units: by place, by name, by succession; and the search that ignores marks."""

from typing import TypeVar

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When

from registry.domain.places import COUNTRY_PATH
from registry.domain.regime import Division, Level
from registry.domain.text import fold
from registry.models import Unit

Row = TypeVar("Row", bound=Model)
OFFERED = 12


def matching(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """The rows whose search text holds every word of `text`, whatever its marks and case."""
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def country() -> Unit:
    return Unit.objects.get(path=COUNTRY_PATH)


def units() -> QuerySet[Unit]:
    """Every unit with those above it, ready to be named in full."""
    return Unit.objects.select_related("parent__parent").order_by("sort_key", "path")


def unit_at(division: Division, code: str) -> Unit:
    """The unit of a code; Unit.DoesNotExist where there is none."""
    return units().get(division=division, code=code)


def provinces(division: Division) -> QuerySet[Unit]:
    return units().filter(division=division, level=Level.PROVINCE)


def children_of(unit: Unit) -> QuerySet[Unit]:
    """The units directly below; of the country, the provinces of both divisions."""
    return units().filter(parent=unit)


def communes_under(unit: Unit) -> QuerySet[Unit]:
    """Every commune at or below a unit."""
    return units().filter(level=Level.COMMUNE, path__startswith=unit.path)


def find_units(
    text: str, *, division: Division | None = None, levels: tuple[Level, ...] = ()
) -> QuerySet[Unit]:
    """Units found by name, former name or code; those whose name begins with the text first."""
    folded = fold(text)
    found = matching(units(), folded)
    if division is not None:
        found = found.filter(division=division)
    if levels:
        found = found.filter(level__in=levels)
    return found.annotate(
        nearness=Case(
            When(search_text__startswith=f"{folded} ", then=Value(0)),
            When(search_text__startswith=folded, then=Value(1)),
            When(search_text__contains=folded, then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )
    ).order_by("nearness", "sort_key", "path")


def predecessors_of(unit: Unit) -> QuerySet[Unit]:
    """The old units whose land, or a part of it, became this unit."""
    return units().filter(successions__new=unit)


def successors_of(unit: Unit) -> QuerySet[Unit]:
    """The units that took over this one's land."""
    return units().filter(predecessions__old=unit)


def below(path: str) -> Q:
    """Rows whose commune, of today or of before, lies at or below a path."""
    if path == COUNTRY_PATH:
        return Q()
    return Q(commune__path__startswith=path) | Q(former_commune__path__startswith=path)
