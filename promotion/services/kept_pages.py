"""Pages that are the same for everybody, kept on the server for half a minute.

Half of the minute within which a decision must be seen belongs to this copy, half to the copies of
browsers and proxies. An announced change throws this copy away at once.
"""

import hashlib
import time
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import get_language

KEPT_SECONDS = 25
GENERATION = "page:faces"
DAY = 24 * 3600


@dataclass(frozen=True)
class KeptPage:
    """A drawn page, plain and packed, with the names it is asked for by."""

    content: bytes
    packed: bytes
    content_type: str
    etag: str
    modified: int


def keep(name: str, page: Any, *, seconds: int = KEPT_SECONDS) -> None:
    """Keeps a page for the reader's language."""
    cache.set(_key(name, get_language() or ""), page, seconds)


def kept(name: str) -> Any:
    """What was kept under this name in the reader's language, or None."""
    return cache.get(_key(name, get_language() or ""))


def forget(*names: str) -> None:
    """Throws the pages away in every language."""
    cache.delete_many(
        [_key(name, language) for name in names for language, _label in settings.LANGUAGES]
    )


def of_certificate(code: str) -> str:
    """The name of a certificate's page."""
    return f"certificate:{code}"


def of_face(path: str) -> str:
    """The name of a page of the public face as it stands since the last change of any of them."""
    generation = cache.get(GENERATION) or "0"
    return f"face:{generation}:{hashlib.sha256(path.encode()).hexdigest()[:32]}"


def forget_faces() -> None:
    """Throws every page of the public face away, once the change is really made."""
    transaction.on_commit(partial(cache.set, GENERATION, str(time.time_ns()), DAY), robust=True)


def modified(name: str, etag: str) -> int:
    """The second since which a page says what it says; never the same for two contents."""
    key = f"modified:{_key(name.rpartition(':')[2], get_language() or '')}"
    known: tuple[str, int] | None = cache.get(key)
    if known and known[0] == etag:
        return known[1]
    moment = max(int(time.time()), known[1] + 1 if known else 0)
    cache.set(key, (etag, moment), DAY)
    return moment


def _key(name: str, language: str) -> str:
    return f"page:{language}:{name}"
