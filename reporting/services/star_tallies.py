"""Keeps the tallies of stars in step, and holds them against a recount."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db import transaction

from promotion.selectors import catalogue
from registry.models import Unit
from reporting.models import StarCount, StarMark, StarTally
from reporting.selectors import stars

NAMES = ("validity", *stars.COLUMNS, "products")


def mark(province_id: int) -> None:
    """The tallies of a province are out of step from now on."""
    StarMark.objects.create(province_id=province_id)


def count_missing(*, on: date) -> int:
    """Counts the provinces that are out of step or were counted for another day; says how many."""
    in_step = set(stars.counted_provinces(on))
    missing = [unit for unit in catalogue.provinces().values() if unit.pk not in in_step]
    for province in missing:
        count(province, on=on)
    return len(missing)


def count_all(*, on: date) -> int:
    """Every province anew, whatever its tallies claim."""
    provinces = list(catalogue.provinces().values())
    for province in provinces:
        count(province, on=on)
    return len(provinces)


@transaction.atomic
def count(province: Unit, *, on: date) -> None:
    """The tallies of a province for a day; marks that come meanwhile stay."""
    marks = list(StarMark.objects.filter(province=province).values_list("pk", flat=True))
    StarTally.objects.filter(province=province).delete()
    StarTally.objects.bulk_create(
        StarTally(**{_column(name): value for name, value in zip(NAMES, row, strict=True)})
        for row in stars.recount(province, on=on)
    )
    StarCount.objects.update_or_create(province=province, defaults={"counted_for": on})
    StarMark.objects.filter(pk__in=marks).delete()


def differences(*, on: date) -> Iterator[str]:
    """Every province whose tallies claim to be in step and are not."""
    in_step = set(stars.counted_provinces(on))
    for province in catalogue.provinces().values():
        if province.pk not in in_step:
            continue
        stored = Counter(StarTally.objects.filter(province=province).values_list(*NAMES))
        counted = Counter(stars.recount(province, on=on))
        if stored != counted:
            wrong = len((stored - counted) + (counted - stored))
            yield f"{province.code} {province.name}: {wrong} tallies differ from the recount"


def _column(name: str) -> str:
    return "province_id" if name == "province" else name
