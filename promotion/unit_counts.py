"""What of the public face lies in administrative units; asked before a change of units."""

from collections.abc import Iterator, Sequence
from datetime import date

from promotion.models import PointOfSale
from registry.domain.text import term
from registry.models import Unit
from registry.selectors.unit_changes import Touched, inside_of, register_counter


def register() -> None:
    """Called once, when the portal starts."""
    register_counter("promotion", in_units)


def in_units(units: Sequence[Unit], _on: date) -> Iterator[Touched]:
    """Points of sale that are open."""
    points = PointOfSale.objects.filter(inside_of("commune", units), closed_on__isnull=True)
    yield Touched(term("Điểm bán hàng"), points.count())
