"""Which name a failed login is counted against."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

LONGEST_NAME = 254


def name_of_attempt(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str:
    """The mail address that was tried, as it is kept: other capitals are no other account."""
    typed = (credentials or {}).get("username")
    if typed is None and request is not None:
        typed = request.POST.get("username")
    return str(typed or "").strip().lower()[:LONGEST_NAME]
