"""Decisions, as a person may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.domain.text import sort_key
from registry.models import Unit
from registry.selectors import postings_of, standing_of
from registry.selectors.people import Person
from scoring.domain.authorities import symbol_of
from scoring.domain.decision_numbers import gaps, next_number, serial_of
from scoring.domain.decision_states import DecisionState
from scoring.models import Decision, DecisionItem, Rating


def decisions() -> QuerySet[Decision]:
    """Every decision with its authority and how many products it names."""
    return (
        Decision.objects.select_related("unit__parent__parent", "signer", "corrects")
        .annotate(item_count=Count("items"))
        .order_by("-decided_on", "-id")
    )


def visible_decisions(user: Person, on: date) -> QuerySet[Decision]:
    """Decisions of units at or below the person's postings, drafts among them."""
    if not isinstance(user, User) or not user.is_active:
        return decisions().none()
    seen = Q(pk__in=[])
    for path in standing_of(user, on).paths:
        seen |= Q(unit__path__startswith=path)
    return decisions().filter(seen)


def items_of(decision: Decision) -> QuerySet[DecisionItem]:
    """What a decision recognises, with everything its list prints."""
    return (
        DecisionItem.objects.filter(decision=decision)
        .select_related(
            "rating__dossier__enrolment__product__subject__commune__parent__parent",
            "rating__dossier__enrolment__commune__parent__parent",
            "rating__dossier__product_set",
            "rating__lower_choice",
            "rating__item__session__council",
            "replaces__decision",
        )
        .order_by("id")
    )


def listed(items: Iterable[DecisionItem]) -> list[DecisionItem]:
    """In the order of the printed list: more stars first, then the names in Vietnamese order."""

    def place(item: DecisionItem) -> tuple[int, str, int]:
        return -(item.stars or 0), sort_key(item.rating.dossier.enrolment.product.name), item.pk

    return sorted(items, key=place)


def drafts_to_sign(user: Person, on: date) -> QuerySet[Decision]:
    """Drafts that were presented to the authorities for which the person may sign."""
    signing = postings_of(user, on).filter(role=Role.AUTHORITY).order_by()
    return decisions().filter(state=DecisionState.PRESENTED, unit__in=signing.values("unit"))


def correctable_items(decision: Decision) -> QuerySet[DecisionItem]:
    """Items of a signed decision that no correction has replaced or is about to replace."""
    found = items_of(decision).filter(stars__isnull=False, replaced_by__isnull=True)
    if decision.status is not DecisionState.SIGNED:
        return found.none()
    return found.prefetch_related(
        Prefetch("rating__reviewed_by", queryset=Rating.objects.select_related("lower_choice"))
    )


@dataclass(frozen=True)
class Register:
    """The numbers that an authority has used in a year, also for drafts, in their order.

    `gaps` are running numbers below the highest that no decision here has.
    """

    rows: tuple[Decision, ...]
    symbol: str
    next_number: str
    gaps: tuple[int, ...]


def register_of(unit: Unit, year: int) -> Register:
    """The number register of an authority; the next number follows the highest one used."""
    found = decisions().filter(unit=unit, year=year).exclude(number="")
    rows = tuple(sorted(found, key=lambda row: (serial_of(row.number), row.number)))
    used = [row.number for row in rows]
    symbol = symbol_of(Level(unit.level))
    return Register(rows, symbol, next_number(used, symbol), tuple(gaps(used, symbol=symbol)))
