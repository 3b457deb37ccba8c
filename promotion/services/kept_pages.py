"""Pages that are the same for everybody, kept on the server for half a minute.

Half of the minute within which a decision must be seen belongs to this copy, half to the copies of
browsers and proxies. An announced change throws this copy away at once.
"""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language

KEPT_SECONDS = 25


def keep(name: str, page: Any) -> None:
    """Keeps a page for the reader's language."""
    cache.set(_key(name, get_language() or ""), page, KEPT_SECONDS)


def kept(name: str) -> Any:
    """What was kept under this name in the reader's language, or None."""
    return cache.get(_key(name, get_language() or ""))


def forget(name: str) -> None:
    """Throws the page away in every language."""
    cache.delete_many([_key(name, language) for language, _label in settings.LANGUAGES])


def of_certificate(code: str) -> str:
    """The name of a certificate's page."""
    return f"certificate:{code}"


def _key(name: str, language: str) -> str:
    return f"page:{language}:{name}"
