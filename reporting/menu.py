"""What the statistics offer in the menu."""

from collections.abc import Iterable

from django.utils import timezone

from ocop_portal.accounts.models import User
from ocop_portal.web import navigation
from ocop_portal.web.navigation import NavItem, Person
from registry.domain.clock import legal_day
from registry.domain.text import term
from reporting.selectors import pipeline


def register() -> None:
    """Called once, when the portal starts."""
    navigation.register(entries)


def entries(user: Person) -> Iterable[NavItem]:
    """Progress for those who hold an office; the star statistics are in the public menu."""
    if isinstance(user, User) and pipeline.has_an_area(user, legal_day(timezone.now())):
        yield NavItem(term("Tiến độ"), "reporting:progress", order=80)
