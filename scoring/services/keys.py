"""The keys that sign credentials: made, rotated, withdrawn.

The private half is one file for each key in `settings.KEYS_DIR`, readable by its owner only; the
database holds the public halves. A retired key's private half is destroyed.
"""

import os
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import IntegrityError, transaction

from ocop_portal.journal import services as journal
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring.domain import jws
from scoring.models import Credential, SigningKey, StatusList

OWNER_ONLY = 0o600


def current(*, at: datetime) -> tuple[SigningKey, Ed25519PrivateKey]:
    """The key that signs now; the first one is made when it is first needed.

    Refused: the private half is not where it should be. Nobody guesses then: the file is restored
    from its backup, or the key rotated.
    """
    key = SigningKey.objects.filter(is_current=True).first()
    if key is None:
        key = _first(at)
    return key, _private(key)


def rotate(*, at: datetime, is_compromised: bool = False) -> SigningKey:
    """A new key signs from now on; what the old one signed can still be checked.

    Of a compromised key nothing counts any more: it leaves the published keys, and what it signed
    is signed anew by the next run of the worker.
    """
    private = jws.new_key()
    with transaction.atomic():
        old = SigningKey.objects.select_for_update().filter(is_current=True).first()
        if old is not None:
            _retire(old, at, is_compromised=is_compromised)
        new = _kept(private, at)
        word = "compromised" if is_compromised else "rotated"
        journal.record(
            f"scoring.key.{word}",
            subject=new,
            actor=None,
            at=at,
            facts={"kid": new.kid, "old": old.kid if old else ""},
        )
    if old is not None:
        _file(old.kid).unlink(missing_ok=True)
    return new


def _retire(old: SigningKey, at: datetime, *, is_compromised: bool) -> None:
    old.is_current, old.retired_at = False, at
    old.compromised_at = at if is_compromised else None
    old.save(update_fields=["is_current", "retired_at", "compromised_at"])
    if is_compromised:
        Credential.objects.filter(key=old).delete()
        StatusList.objects.filter(key=old).delete()


def _first(at: datetime) -> SigningKey:
    """Two workers that start together make one key: the constraint is the judge."""
    private = jws.new_key()
    try:
        with transaction.atomic():
            key = _kept(private, at)
            journal.record(
                "scoring.key.made", subject=key, actor=None, at=at, facts={"kid": key.kid}
            )
    except IntegrityError:
        return SigningKey.objects.get(is_current=True)
    return key


def _kept(private: Ed25519PrivateKey, at: datetime) -> SigningKey:
    """The file first: a row without its file could not sign; a file without its row harms nobody.

    A row that is refused takes its file away again.
    """
    x = jws.public_part(private)
    path = _file(jws.thumbprint(x))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
        file.write(text)
    try:
        with transaction.atomic():
            return SigningKey.objects.create(kid=jws.thumbprint(x), x=x, created_at=at)
    except IntegrityError:
        path.unlink()
        raise


def _private(key: SigningKey) -> Ed25519PrivateKey:
    try:
        private = serialization.load_pem_private_key(_file(key.kid).read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise _missing(key) from error
    if not isinstance(private, Ed25519PrivateKey) or jws.public_part(private) != key.x:
        raise _missing(key)
    return private


def _missing(key: SigningKey) -> RuleBroken:
    return RuleBroken(
        "key.missing",
        term("Không đọc được phần bí mật của khóa %(kid)s trong thư mục khóa."),
        kid=key.kid,
    )


def _file(kid: str) -> Path:
    return Path(settings.KEYS_DIR) / f"{kid}.pem"
