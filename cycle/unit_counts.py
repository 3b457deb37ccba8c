"""What of the cycle lies in administrative units; asked before a change of units."""

from collections.abc import Iterator, Sequence
from datetime import date

from cycle.models import Enrolment, Round
from registry.domain.text import term
from registry.models import Unit
from registry.selectors.unit_changes import Touched, inside_of, register_counter


def register() -> None:
    """Called once, when the portal starts."""
    register_counter("cycle", in_units)


def in_units(units: Sequence[Unit], on: date) -> Iterator[Touched]:
    """Rounds that take dossiers there, and dossiers on their way."""
    rounds = Round.objects.filter(inside_of("unit", units), closed_at__isnull=True)
    running = Enrolment.objects.filter(inside_of("commune", units), ended_at__isnull=True)
    yield Touched(
        term("Đợt đánh giá đang mở do đơn vị tổ chức"),
        rounds.filter(opens_on__lte=on, closes_on__gte=on).count(),
        warns=True,
    )
    yield Touched(term("Lượt tham gia đang chạy"), running.count(), warns=True)
