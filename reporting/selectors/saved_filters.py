"""Saved filters: a person's own, and those that the person's offices share."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from ocop_portal.accounts.models import User
from registry.models import Posting
from registry.selectors import postings_of
from reporting.models import SavedFilter

MOST_SHOWN = 20


def usable(user: User, on: date) -> QuerySet[SavedFilter]:
    """The person's own filters, and those of offices in which the person serves today."""
    held = postings_of(user, on).order_by().filter(role=OuterRef("role"), unit=OuterRef("unit"))
    return SavedFilter.objects.filter(Q(owner=user) | Exists(held)).order_by("name", "id")


def own(user: User) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(owner=user).select_related("unit")


def offices_of(user: User, on: date) -> list[Posting]:
    """With whom the person may share: the roles that the person holds on units."""
    return [posting for posting in postings_of(user, on) if posting.unit_id]
