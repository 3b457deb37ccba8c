"""Councils, and who sits in them on a day."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import Prefetch, Q, QuerySet

from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.domain.text import sort_key
from registry.models import ProductSet
from registry.selectors import standing_of
from registry.selectors.people import Person
from scoring.domain.council import Seat
from scoring.models import Council, CouncilMember

REGULATION_FILE = Path(__file__).parent.parent / "data" / "regulation.toml"


@cache
def _regulations() -> Mapping[str, Mapping[str, int]]:
    return tomllib.loads(REGULATION_FILE.read_text(encoding="utf-8"))


def usual_regulation(level: Level) -> dict[str, int]:
    """The figures that a new council of this level begins with, by the names of its fields."""
    return {**_regulations()["usual"], **_regulations().get(level.value, {})}


def industries() -> list[str]:
    """The trades of the product sets of every regime."""
    names = ProductSet.objects.order_by().values_list("industry", flat=True).distinct()
    return sorted(names, key=sort_key)


def in_office(on: date) -> Q:
    """Seats held on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def members() -> QuerySet[CouncilMember]:
    """Seats with their people, the chair first."""
    return CouncilMember.objects.select_related("user").order_by("council_id", "id")


def councils() -> QuerySet[Council]:
    """Every council with its unit and its seats."""
    return (
        Council.objects.select_related("unit__parent__parent")
        .prefetch_related(Prefetch("members", queryset=members()))
        .order_by("-starts_on", "-id")
    )


def seats_of(user: Person, on: date) -> QuerySet[CouncilMember]:
    """The seats that a person holds on a day; they end with the term of the council."""
    if not isinstance(user, User):
        return CouncilMember.objects.none()
    term = Q(council__ends_on__isnull=True) | Q(council__ends_on__gte=on)
    return CouncilMember.objects.filter(in_office(on), term, user=user).order_by("id")


def visible_councils(user: Person, on: date) -> QuerySet[Council]:
    """Councils in which the person sits, and those of units at or below the person's postings."""
    if not isinstance(user, User) or not user.is_active:
        return Council.objects.none()
    seen = Q(pk__in=seats_of(user, on).order_by().values("council"))
    for path in standing_of(user, on).paths:
        seen |= Q(unit__path__startswith=path)
    return councils().filter(seen)


def seat_of(user: Person, council: Council, on: date) -> CouncilMember | None:
    """The person's seat in a council on a day."""
    return seats_of(user, on).filter(council=council).select_related("user").first()


def roster(council: Council, on: date) -> list[CouncilMember]:
    """Everybody who holds a seat on a day, in the order of the seats."""
    return by_seat(members().filter(in_office(on), council=council))


def by_seat(found: Iterable[CouncilMember]) -> list[CouncilMember]:
    """The chair first, then vice chairs, members, secretary, advisers."""
    order = list(Seat)
    return sorted(found, key=lambda member: (order.index(member.role), member.pk))


def members_of(council: Council, on: date, *seats: Seat) -> list[User]:
    """The people in office, of these seats or of all."""
    chosen = [member for member in roster(council, on) if not seats or member.role in seats]
    return [member.user for member in chosen]
