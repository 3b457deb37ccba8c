"""Which name a failed login is counted against, who is locked out by it, and the way back in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest

from ocop_portal.accounts.models import User

LONGEST_NAME = 254


def name_of_attempt(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str:
    """The mail address that was tried, as it is kept: other capitals are no other account."""
    typed = (credentials or {}).get("username")
    if typed is None and request is not None:
        typed = request.POST.get("username")
    return str(typed or "").strip().lower()[:LONGEST_NAME]


def locked_until(user: User, *, at: datetime) -> datetime | None:
    """When the lock after too many failed log-ins ends by itself; None where there is none."""
    wait = timedelta(hours=settings.AXES_COOLOFF_TIME)
    tried = AccessAttempt.objects.filter(
        username=user.email,
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gt=at - wait,
    )
    last = tried.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    return last + wait if last else None


def unlock(user: User) -> bool:
    """Lets the person try again at once; False where nothing was counted."""
    return bool(reset(username=user.email))
