"""What of the scoring lies in administrative units; asked before a change of units."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q

from registry.domain.text import term
from registry.models import Unit
from registry.selectors.unit_changes import Touched, inside_of, register_counter
from scoring.domain.session_states import SessionState
from scoring.models import Certificate, Council, Session

RUNNING = tuple(state for state in SessionState if state.is_running)


def register() -> None:
    """Called once, when the portal starts."""
    register_counter("scoring", in_units)


def in_units(units: Sequence[Unit], on: date) -> Iterator[Touched]:
    """Councils in office, meetings that have a dossier from there, certificates in force."""
    councils = Council.objects.filter(inside_of("unit", units))
    in_office = councils.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    meetings = Session.objects.filter(
        inside_of("items__dossier__enrolment__commune", units), state__in=RUNNING
    )
    certificates = Certificate.objects.filter(
        inside_of("product__commune", units), valid_until__gte=on
    )
    yield Touched(term("Hội đồng còn nhiệm kỳ"), in_office.count(), warns=True)
    yield Touched(
        term("Phiên họp đang chạy có hồ sơ ở đây"), meetings.distinct().count(), warns=True
    )
    yield Touched(term("Giấy chứng nhận còn hạn"), certificates.count())
