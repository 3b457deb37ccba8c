"""Keeps the figures of stars in step, and holds them against a recount."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from promotion.selectors import catalogue
from registry.domain.places import COUNTRY_PATH
from registry.models import Unit
from reporting.models import StarCount, StarMargin, StarMark, StarTally
from reporting.selectors import star_counts, star_recounts

BATCH = 2000


def mark(province_id: int, *, since: date) -> None:
    """The figures of a province are out of step from this day on."""
    StarMark.objects.create(province_id=province_id, since=since)


def count_missing(*, on: date) -> int:
    """Counts the provinces that are out of step on a kept day or not counted; says how many."""
    provinces = catalogue.provinces()
    days = star_counts.days(on)
    in_step = star_counts.in_step(days, provinces)
    missing = [
        (unit, late)
        for unit in provinces.values()
        if (late := [day for day, found in in_step.items() if unit.pk not in found])
    ]
    for province, late in missing:
        count(province, late, on=on)
    for day in set(days) - star_counts.whole_in_step(days):
        sum_up(day)
    return len(missing)


def count_all(*, on: date) -> int:
    """Every province anew, whatever its figures claim."""
    provinces, days = list(catalogue.provinces().values()), star_counts.days(on)
    for province in provinces:
        count(province, days, on=on)
    for day in days:
        sum_up(day)
    return len(provinces)


@transaction.atomic
def count(province: Unit, days: list[date], *, on: date) -> None:
    """The figures of a province for these days; those of days that are kept no longer go.

    The sum of the country falls with them. Marks that come meanwhile stay: they are of changes
    that this count may not have seen.
    """
    country = _turn()
    marks = list(StarMark.objects.filter(province=province).values_list("pk", flat=True))
    kept = set(star_counts.days(on)).difference(days)
    for model in (StarTally, StarMargin, StarCount):
        stale = model._default_manager.filter(province__in=[province, country])
        stale.exclude(counted_for__in=kept).delete()
    for day in days:
        _keep(province, day, star_recounts.recount(province, on=day))
    StarMark.objects.filter(pk__in=marks).delete()


@transaction.atomic
def sum_up(day: date) -> None:
    """The sum of the country for a day; none while a province is out of step."""
    country = _turn()
    provinces = catalogue.provinces()
    if len(star_counts.in_step([day], provinces)[day]) < len(provinces):
        return
    for model in (StarMargin, StarCount):
        model._default_manager.filter(province=country, counted_for=day).delete()
    _keep(country, day, star_recounts.sum_up(country, on=day))


def _turn() -> Unit:
    """The country's row lets one count at a time through; who writes recognitions never waits."""
    return Unit.objects.select_for_update(no_key=True).get(path=COUNTRY_PATH)


def differences(*, on: date) -> Iterator[str]:
    """Every province and day whose figures claim to be in step and are not; the country last."""
    provinces, days = catalogue.provinces(), star_counts.days(on)
    in_step = star_counts.in_step(days, provinces)
    for province in provinces.values():
        for day in days:
            if province.pk in in_step[day]:
                counted = star_recounts.recount(province, on=day)
                yield from _told(province, day, counted)
    for country in Unit.objects.filter(path=COUNTRY_PATH):  # none before units are loaded
        for day in sorted(star_counts.whole_in_step(days)):
            yield from _told(country, day, star_recounts.sum_up(country, on=day))


def _told(place: Unit, day: date, counted: star_recounts.Counted) -> Iterator[str]:
    stored = star_recounts.kept(place, on=day)
    wrong = _unlike(stored.tallies, counted.tallies) + _unlike(stored.margins, counted.margins)
    if wrong:
        yield f"{place.code} {place.name}, {day}: {wrong} figures differ from the recount"


def _keep(place: Unit, day: date, counted: star_recounts.Counted) -> None:
    of_day = {"province": place, "counted_for": day}
    StarTally.objects.bulk_create(
        (
            StarTally(
                **of_day,
                validity=validity,
                **dict(zip(star_recounts.TALLIED, values, strict=True)),
                products=products,
            )
            for (validity, *values), products in counted.tallies.items()
        ),
        batch_size=BATCH,
    )
    StarMargin.objects.bulk_create(
        (
            StarMargin(
                **of_day,
                validity=validity,
                dimension=dimension,
                value=value,
                stars=stars,
                products=products,
                subjects=subjects,
            )
            for (validity, dimension, value, stars), (products, subjects) in counted.margins.items()
        ),
        batch_size=BATCH,
    )
    StarCount.objects.create(**of_day)


def _unlike(stored: Mapping[Any, Any], counted: Mapping[Any, Any]) -> int:
    """How many figures one of them has otherwise or alone."""
    return sum(stored.get(key) != counted.get(key) for key in stored.keys() | counted.keys())
