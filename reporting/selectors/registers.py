"""Registers that a person may see, and those that wait for a worker."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from ocop_portal.accounts.models import User
from registry.domain.regime import Division
from registry.models import Unit
from registry.permissions import REGISTER_KEEPERS
from registry.selectors import postings_of, provinces
from reporting.domain.register_states import WORKING, Outcome
from reporting.models import RegisterImport, RegisterLine

LEFT_AFTER = timedelta(seconds=60)


def offices_of(user: User, on: date) -> QuerySet[Unit]:
    """Today's provinces whose register the person may enter."""
    seen = Q(pk__in=[])
    for posting in postings_of(user, on).filter(role__in=REGISTER_KEEPERS, unit__isnull=False):
        seen |= Q(path__startswith=posting.unit.path) if posting.unit else Q()
    return provinces(Division.TWO_TIER).filter(seen)


def visible_registers(user: User, on: date) -> QuerySet[RegisterImport]:
    """Registers of the provinces that the person keeps, the newest first."""
    return (
        RegisterImport.objects.filter(unit__in=offices_of(user, on).order_by().values("pk"))
        .select_related("unit", "uploaded_by")
        .order_by("-uploaded_at", "-id")
    )


def counts_of(register: RegisterImport) -> dict[Outcome, int]:
    """How many lines of each outcome; zeros included."""
    found = register.rows.order_by().values_list("outcome").annotate(count=Count("pk"))
    known = dict(found)
    return {outcome: known.get(outcome.value, 0) for outcome in Outcome}


def lines_of(register: RegisterImport) -> QuerySet[RegisterLine]:
    return register.rows.order_by("number")


def left(at: datetime) -> QuerySet[RegisterImport]:
    """Registers with work to do that no worker has touched for a while."""
    untouched = Q(touched_at__isnull=True) | Q(touched_at__lt=at - LEFT_AFTER)
    return RegisterImport.objects.filter(untouched, state__in=WORKING).order_by("pk")
