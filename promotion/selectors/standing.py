"""What was true of a product and its maker on the days of a recognition."""

from collections.abc import Callable
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


def forms_of(subject: Subject) -> Forms:
    """Changes with a day, the earliest first; a mistake that was put right never was a form."""
    changes = SubjectChange.objects.filter(
        subject=subject, field="kind", decided_on__isnull=False
    ).order_by("decided_on", "id")
    rows = changes.values_list("decided_on", "before")
    return Forms(subject.kind, tuple((day, form) for day, form in rows if day))


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


def places_of(product: Product) -> Places:
    """Moves as the register keeps them, the earliest first."""
    moves = tuple((move.moved_on, move.before) for move in moves_of(product))
    return Places(product.commune, moves)


def former_unit_of(product: Product, places: Places | None = None) -> Unit | None:
    """The smallest unit of before July 2025 that surely held the product; None where unsure.

    The former commune as the subject picked it; else the only one whose land became today's, or
    the district or province in which all of them lay.
    """
    if product.former_commune is not None:
        return product.former_commune
    lay_in = places.first if places else product.commune
    pairs = UnitSuccession.objects.filter(
        new=lay_in, old__division=Division.THREE_TIER, old__level=Level.COMMUNE
    ).select_related("old__parent__parent")
    olds = [pair.old for pair in pairs.order_by("pk")]
    for step in STEPS:
        found = {unit.pk: unit for old in olds if (unit := step(old)) is not None}
        if len(found) == 1:
            return next(iter(found.values()))
    return None
