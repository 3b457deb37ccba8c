"""Answers kept for repeated writes: a program that lost the line may send the same again.

The row is made in the transaction of the write and commits with it: of two requests with one key
the second waits at the unique index, then reads the first one's answer. What was refused or
failed leaves no row, so it may be sent again under the same key.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from ocop_portal.accounts.models import User
from ocop_portal.clients.models import KeptAnswer

KEPT_FOR = timedelta(hours=48)


class KeyReused(Exception):
    """The key was used for another request."""


@dataclass(frozen=True)
class Given:
    """An answer as it is kept."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)


def once(
    user: User, key: str, *, request_digest: str, give: Callable[[], Given], at: datetime
) -> tuple[Given, bool]:
    """The answer of `give`, or the one that this key got before (then True).

    Raises KeyReused where the key belongs to another request.
    """
    if kept := _kept(user, key, request_digest):
        return kept, True
    try:
        with transaction.atomic():
            row = KeptAnswer.objects.create(
                user=user, key=key, request_digest=request_digest, at=at
            )
            given = give()
            row.status, row.body, row.headers = given.status, given.body, given.headers
            row.save(update_fields=["status", "body", "headers"])
            return given, False
    except IntegrityError:
        if kept := _kept(user, key, request_digest):
            return kept, True
        raise


def request_digest(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same."""
    head = f"{method} {path}\n".encode()
    return hashlib.sha256(head + body).hexdigest()


def forget_old(*, at: datetime) -> int:
    """Drops what is older than two days; how many."""
    dropped, _each = KeptAnswer.objects.filter(at__lt=at - KEPT_FOR).delete()
    return dropped


def _kept(user: User, key: str, digest: str) -> Given | None:
    row = KeptAnswer.objects.filter(user=user, key=key).first()
    if row is None:
        return None
    if row.request_digest != digest:
        raise KeyReused(key)
    return Given(status=row.status, body=row.body, headers=row.headers)
