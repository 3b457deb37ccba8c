"""Subjects that a person may see."""

from datetime import date

from django.db.models import Q, QuerySet

from ocop_portal.accounts.models import User
from registry import shields
from registry.models import Product, Subject
from registry.selectors.people import Person, standing_of
from registry.selectors.places import below

WITH_PLACE = (
    "commune__parent__parent",
    "former_commune__parent__parent",
    "craft_village__commune",
)


def visible_subjects(user: Person, on: date) -> QuerySet[Subject]:
    """Subjects that the person works for, and those of the units of the person's postings.

    A subject belongs to the unit that it lies in and to every unit that registers its products.
    """
    rows = Subject.objects.select_related(*WITH_PLACE).order_by("name", "id")
    if not isinstance(user, User):
        return rows.none()
    standing = standing_of(user, on)
    seen = Q(pk__in=standing.subject_ids) | shields.opened(Subject, user, on)
    if standing.is_nationwide:
        return shields.shielded(rows, user, on)
    for path in standing.paths:
        makers = Product.objects.filter(below(path)).order_by().values("subject")
        seen |= below(path) | Q(pk__in=makers)
    return shields.shielded(rows.filter(seen), user, on)


def own_subjects(user: Person, on: date) -> QuerySet[Subject]:
    """Subjects that the person works for as owner or editor."""
    return (
        Subject.objects.filter(pk__in=standing_of(user, on).subject_ids)
        .select_related(*WITH_PLACE)
        .order_by("name", "id")
    )
