"""What was true of a product and its maker on the days of a recognition."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.domain.regime import Division, Level
from registry.models import Product, Subject, SubjectChange, Unit, UnitSuccession
from registry.selectors.unit_changes import moves_of

STEPS: tuple[Callable[[Unit], Unit | None], ...] = (
    lambda unit: unit,
    lambda unit: unit.district,
    lambda unit: unit.province,
)


@dataclass(frozen=True)
class Forms:
    """The legal forms of a subject: what it is, and until which day it was something else."""

    now: str
    before: tuple[tuple[date, str], ...]

    @property
    def changed_on(self) -> tuple[date, ...]:
        return tuple(day for day, _form in self.before)

    def on(self, day: date) -> str:
        """The form on a day; a change holds from its own day."""
        return next((form for changed, form in self.before if day < changed), self.now)


def forms_of(subjects: Iterable[Subject]) -> dict[int, Forms]:
    """By subject: changes with a day, the earliest first.

    A mistake that was put right never was a form.
    """
    asked = {subject.pk: subject for subject in subjects}
    changes = SubjectChange.objects.filter(
        subject__in=asked, field="kind", decided_on__isnull=False
    ).order_by("decided_on", "id")
    before: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for subject_id, day, form in changes.values_list("subject_id", "decided_on", "before"):
        if day:
            before[subject_id].append((day, form))
    return {pk: Forms(each.kind, tuple(before.get(pk, ()))) for pk, each in asked.items()}


@dataclass(frozen=True)
class Places:
    """The communes of a product: where it lies, and until which day it lay in another."""

    now: Unit
    before: tuple[tuple[date, Unit], ...]

    @property
    def changed_on(self) -> tuple[date, ...]:
        return tuple(day for day, _unit in self.before)

    @property
    def first(self) -> Unit:
        return self.before[0][1] if self.before else self.now

    def on(self, day: date) -> Unit:
        """The commune on a day; a move holds from its own day."""
        return next((unit for moved, unit in self.before if day < moved), self.now)


def places_of(products: Iterable[Product]) -> dict[int, Places]:
    """By product: moves as the register keeps them, the earliest first."""
    asked = {product.pk: product for product in products}
    moves: dict[int, list[tuple[date, Unit]]] = defaultdict(list)
    for move in moves_of(*asked.values()):
        moves[move.product_id].append((move.moved_on, move.before))
    return {pk: Places(each.commune, tuple(moves.get(pk, ()))) for pk, each in asked.items()}


def former_units_of(
    products: Iterable[Product], places: Mapping[int, Places]
) -> dict[int, Unit | None]:
    """By product: the smallest unit of before July 2025 that surely held it; None where unsure.

    The former commune as the subject picked it; else the only one whose land became today's, or
    the district or province in which all of them lay.
    """
    asked = list(products)
    lay_in = {each.pk: places[each.pk].first.pk for each in asked if not each.former_commune_id}
    pairs = UnitSuccession.objects.filter(
        new__in=set(lay_in.values()), old__division=Division.THREE_TIER, old__level=Level.COMMUNE
    ).select_related("old__parent__parent")
    olds: dict[int, list[Unit]] = defaultdict(list)
    for pair in pairs.order_by("pk") if lay_in else ():
        olds[pair.new_id].append(pair.old)
    common = {commune: _common(units) for commune, units in olds.items()}
    return {
        each.pk: common.get(lay_in[each.pk]) if each.pk in lay_in else each.former_commune
        for each in asked
    }


def _common(olds: Sequence[Unit]) -> Unit | None:
    for step in STEPS:
        found = {unit.pk: unit for old in olds if (unit := step(old)) is not None}
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def province_of(commune: Unit) -> Unit:
    """The province of one of today's communes; needs `parent__parent` to be free of queries."""
    province = commune.province
    if province is None or province.level != Level.PROVINCE:
        raise ValueError(f"commune {commune.path} lies in no province")
    return province
