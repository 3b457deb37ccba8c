"""What every page knows: the menu, the unread notices, the idle limit, the official address."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from ocop_portal.web import navigation

_counters: list[Callable[[Any], int]] = []


def register_unread_counter(counter: Callable[[Any], int]) -> None:
    """Adds a count of things that a person has not read yet; only asked for a known person."""
    if counter not in _counters:
        _counters.append(counter)


def portal(request: HttpRequest) -> dict[str, Any]:
    """Values for every template; nothing is asked of the database before a template shows it."""
    user = getattr(request, "user", None) or AnonymousUser()
    return {
        "navigation": SimpleLazyObject(lambda: navigation.items_for(user, request.path)),
        "unread_count": SimpleLazyObject(
            lambda: sum(counter(user) for counter in _counters) if user.is_authenticated else 0
        ),
        "idle_seconds": settings.IDLE_LIMIT_SECONDS,
        "keep_alive_url": reverse("accounts:keep-alive"),
        "site_url": settings.SITE_URL,
        "official_domain": settings.OFFICIAL_DOMAIN,
    }
