"""Tokens: made and shown once, found by their hash, revoked; the only door to their rows."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts.models import User
from ocop_portal.clients.models import ApiToken
from ocop_portal.clients.scopes import Scope
from ocop_portal.journal import services as journal

MARK = "ocop_"  # so that a secret that lies about can be recognised
SECRET_BYTES = 32
HINT_LENGTH = len(MARK) + 5
LONGEST_DAYS = 366
# "Last used" is told to the minute; more would cost a write with every call.
USE_IS_NOTED_EACH = timedelta(minutes=1)


@transaction.atomic
def make(
    *, name: str, scopes: Iterable[Scope], days: int, by: User, at: datetime
) -> tuple[ApiToken, str]:
    """A new token of the person and its secret, which nobody can read again.

    Refused: no scope, more than a year.
    """
    wanted = set(scopes)
    allowed = [scope.value for scope in Scope if scope in wanted]
    if not allowed or not 0 < days <= LONGEST_DAYS:
        raise ValueError("a token has a scope and ends within a year")
    secret = MARK + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken.objects.create(
        user=by,
        name=name,
        hint=secret[:HINT_LENGTH],
        digest=digest(secret),
        scopes=allowed,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    _record("made", token, by, at)
    return token, secret


@transaction.atomic
def revoke(token: ApiToken, *, by: User, at: datetime) -> ApiToken:
    """It opens nothing from now on; revoking twice is harmless."""
    if token.user_id != by.pk:
        raise PermissionDenied(_("Mã truy cập này của người khác."))
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        _record("revoked", token, by, at)
    token.refresh_from_db()
    return token


@transaction.atomic
def revoke_all_of(person: User, *, at: datetime) -> None:
    """Every token of an account that ends; nobody's deed but the portal's."""
    for token in ApiToken.objects.filter(user=person, revoked_at=None).order_by("pk"):
        ApiToken.objects.filter(pk=token.pk).update(revoked_at=at)
        _record("revoked", token, None, at)


def of_secret(secret: str, *, at: datetime) -> ApiToken | None:
    """The good token of an active person with this secret; its use is noted."""
    found = ApiToken.objects.select_related("user").filter(digest=digest(secret)).first()
    if found is None or not found.is_good(at) or not found.user.is_active:
        return None
    long_ago = Q(used_at=None) | Q(used_at__lt=at - USE_IS_NOTED_EACH)
    if found.used_at is None or found.used_at < at - USE_IS_NOTED_EACH:
        ApiToken.objects.filter(long_ago, pk=found.pk).update(used_at=at)
    return found


def digest(secret: str) -> str:
    """A secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _record(word: str, token: ApiToken, by: User | None, at: datetime) -> None:
    journal.record(
        f"clients.token.{word}",
        subject=token,
        actor=by,
        at=at,
        facts={"scopes": token.scopes},
    )
