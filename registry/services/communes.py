"""The commune of today and the one before it, as a person picked them: never guessed."""

from collections.abc import Iterable
from datetime import date

from registry.domain.errors import RuleBroken
from registry.domain.regime import Division, Level
from registry.domain.text import term
from registry.models import PlaceChange, Product, Unit, UnitSuccession
from registry.selectors import ended

Place = tuple[Unit, Unit | None]  # of today, and before it where that is known


def check(commune: Unit, former: Unit | None, *, on: date) -> None:
    """Refuses what is no commune in force, and a former unit whose land lies elsewhere."""
    check_many([(commune, former)], on=on)


def check_many(places: Iterable[Place], *, on: date) -> None:
    """The same of many communes, each with its former one."""
    asked = {(now.pk, former.pk if former else 0): (now, former) for now, former in places}
    formers = {former.pk for _now, former in asked.values() if former}
    pairs = UnitSuccession.objects.filter(old__in=formers).order_by()
    heirs = set(pairs.values_list("new", "old")) if formers else set()
    for commune, former in asked.values():
        _check(commune, former, heirs, on)


def _check(commune: Unit, former: Unit | None, heirs: set[tuple[int, int]], on: date) -> None:
    is_commune = commune.division == Division.TWO_TIER and commune.level == Level.COMMUNE
    if is_commune and (refusal := ended(commune, on)):
        raise refusal
    if not is_commune or not commune.is_valid(on):
        raise RuleBroken(
            "commune.not_in_force",
            term("Hãy chọn một xã, phường hoặc đặc khu hiện nay."),
            field="commune",
        )
    if former is not None and (commune.pk, former.pk) not in heirs:
        raise RuleBroken(
            "commune.not_a_predecessor",
            term("%(former)s không nhập vào %(commune)s; hãy chọn lại xã cũ."),
            field="former_commune",
            former=former.name,
            commune=commune.name,
        )


def move_of(product: Product, before: Unit) -> PlaceChange | None:
    """What is kept when a product leaves a commune whose land was parted; None for a mended slip.

    Figures of the days before go on counting the commune of then.
    """
    after = product.commune
    took_over = UnitSuccession.objects.filter(old=before, new=after).exists()
    if not took_over or after.valid_from is None:
        return None
    return PlaceChange(product=product, before=before, after=after, moved_on=after.valid_from)
