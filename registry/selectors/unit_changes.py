"""Changes of units: those recorded, those of one unit, and what a planned one would touch."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ocop_portal.accounts.models import User
from registry.domain.roles import SUBJECT_ROLES, Role
from registry.domain.text import term
from registry.models import (
    CraftVillage,
    MaterialArea,
    PlaceChange,
    Posting,
    Product,
    Subject,
    Unit,
    UnitChange,
)
from registry.selectors.people import active


@dataclass(frozen=True)
class Touched:
    """How many of what lie in the units; `warns` where they run now and end under the old names."""

    label: str
    count: int
    warns: bool = False


Counter = Callable[[Sequence[Unit], date], Iterable[Touched]]
_counters: dict[str, Counter] = {}


def register_counter(name: str, counter: Counter) -> None:
    """An upper app says what of its own lies in units; a name has one counter."""
    if _counters.setdefault(name, counter) is not counter:
        raise ValueError(f"{name}: two counters")


def touched_by(units: Sequence[Unit], on: date) -> list[Touched]:
    """Everything that lies at or below the units, by kind, the register's own first."""
    inside = inside_of("commune", units)
    found = [
        Touched(term("Sản phẩm"), Product.objects.filter(inside).count()),
        Touched(term("Chủ thể"), Subject.objects.filter(inside).count()),
        Touched(term("Làng nghề"), CraftVillage.objects.filter(inside).count()),
        Touched(
            term("Vùng nguyên liệu"),
            MaterialArea.objects.filter(inside, removed_at__isnull=True).count(),
        ),
        Touched(
            term("Vai trò đang giao"),
            Posting.objects.filter(active(on), unit__in=units).count(),
        ),
    ]
    for _name, counter in sorted(_counters.items()):
        found.extend(counter(units, on))
    return found


def inside_of(place: str, units: Sequence[Unit]) -> Q:
    """Rows whose `place` lies at or below one of the units."""
    inside = Q(pk__in=[])
    for unit in units:
        inside |= Q(**{f"{place}__path__startswith": unit.path})
    return inside


def unit_changes() -> QuerySet[UnitChange]:
    """Every recorded change, the latest day first."""
    return (
        UnitChange.objects.select_related("planned_by", "target", "corrects")
        .prefetch_related("units__parent__parent", "outcomes__unit__parent__parent", "corrections")
        .order_by("-effective_on", "-id")
    )


def waiting_changes() -> QuerySet[UnitChange]:
    """Those that are not carried out and not withdrawn."""
    return UnitChange.objects.filter(applied_at__isnull=True, withdrawn_at__isnull=True)


def changes_of_unit(unit: Unit) -> QuerySet[UnitChange]:
    """The changes that the unit went through or came from, withdrawn ones left out."""
    concerned = Q(units=unit) | Q(outcomes__unit=unit)
    return unit_changes().filter(concerned, withdrawn_at__isnull=True).distinct()


def moves_of(*products: Product) -> QuerySet[PlaceChange]:
    """Where the products were counted before, the earliest first."""
    rows = PlaceChange.objects.filter(product__in=products).order_by("moved_on", "id")
    return rows.select_related("before__parent__parent", "after")


def concerned_by(units: Sequence[Unit], on: date) -> list[User]:
    """Who serves the units or their province's OCOP office, and the producers in them."""
    provinces = {unit.province for unit in units}
    offices = Q(unit__in=units) | Q(
        unit__in=[each for each in provinces if each], role=Role.PROVINCIAL_OFFICER
    )
    held = Posting.objects.filter(active(on)).filter(
        offices | Q(subject__commune__in=units, role__in=SUBJECT_ROLES)
    )
    people = User.objects.filter(is_active=True, pk__in=held.order_by().values("user"))
    return list(people.order_by("pk"))
