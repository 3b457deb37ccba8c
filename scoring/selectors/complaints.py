"""Complaints: who may see them, which wait, until when one may be lodged."""

from datetime import date

from django.db.models import Q, QuerySet

from cycle.selectors import visible_dossiers
from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.models import Unit
from registry.selectors import regime, standing_of
from registry.selectors.people import Person
from scoring.domain.complaint_states import OPEN, ComplaintEffect, ComplaintState, last_day
from scoring.models import Complaint, Rating


def complaints() -> QuerySet[Complaint]:
    """Every complaint with its product and who deals with it; open ones first, by their day."""
    return Complaint.objects.select_related(
        "rating__dossier__enrolment__product__subject",
        "rating__dossier__enrolment__commune__parent__parent",
        "rating__unit",
        "rating__edition",
        "rating__item__session__council",
        "owner",
        "lodged_by",
        "correction",
    ).order_by("answered_at", "due_on", "id")


def visible_complaints(user: Person, on: date) -> QuerySet[Complaint]:
    """Those of the person's subjects, and those of the offices at or below the person's units."""
    if not isinstance(user, User) or not user.is_active:
        return complaints().none()
    standing = standing_of(user, on)
    seen = Q(rating__dossier__enrolment__product__subject__in=standing.subject_ids)
    for path in standing.paths:
        seen |= Q(rating__unit__path__startswith=path)
    shown = visible_dossiers(user, on).order_by().values("pk")
    return complaints().filter(seen, rating__dossier__in=shown)


def open_values() -> list[str]:
    """The states in which a complaint still waits for an answer."""
    return sorted(state.value for state in OPEN)


def waiting_at(unit: Unit, level: Level) -> QuerySet[Complaint]:
    """Complaints that an office has to answer."""
    return complaints().filter(rating__unit=unit, rating__level=level, state__in=open_values())


def known_since(rating: Rating) -> date:
    """Since when the producer knows the result: the signature where it was recognised."""
    signed = (
        rating.decision_items.filter(decision__signed_at__isnull=False)
        .order_by("decision__signed_at")
        .values_list("decision__signed_at", flat=True)
        .first()
    )
    return legal_day(signed or rating.concluded_at)


def last_day_for(rating: Rating) -> date:
    """The last day on which a complaint about a result may be lodged."""
    return last_day(known_since(rating), regime(rating.regime).complaint)


def under_review(dossier_id: int, level: Level) -> Rating | None:
    """The result that a council of this level is to score once more, after a complaint."""
    granted = Q(
        complaints__state=ComplaintState.ANSWERED, complaints__effect=ComplaintEffect.RESCORE
    )
    found = Rating.objects.filter(granted, dossier=dossier_id, level=level)
    return found.filter(reviewed_by__isnull=True).order_by("-concluded_at", "-id").first()


def due_on(day: date) -> QuerySet[Complaint]:
    """Complaints without an answer whose day this is, or has passed."""
    return complaints().filter(state__in=open_values(), due_on__lte=day)
