"""Decisions, as a person may see them."""

from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from ocop_portal.accounts.models import User
from registry.domain.roles import Role
from registry.selectors import postings_of, standing_of
from registry.selectors.people import Person
from scoring.domain.decision_states import DecisionState
from scoring.models import Decision, DecisionItem


def decisions() -> QuerySet[Decision]:
    """Every decision with its authority and how many products it names."""
    return (
        Decision.objects.select_related("unit__parent__parent", "signer")
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
        )
        .order_by("id")
    )


def drafts_to_sign(user: Person, on: date) -> QuerySet[Decision]:
    """Drafts of the authorities for which the person may sign."""
    signing = postings_of(user, on).filter(role=Role.AUTHORITY).order_by()
    return decisions().filter(state=DecisionState.DRAFT, unit__in=signing.values("unit"))


def with_certificates(decision: Decision) -> QuerySet[Decision]:
    """The decision with its certificates, for the page after signing."""
    return decisions().filter(pk=decision.pk).prefetch_related(Prefetch("certificates"))
