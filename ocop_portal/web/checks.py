"""System checks that refuse a bad start and say how to mend it."""

import os
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - its name

SHORTEST_SECRET = 32
_CLAMD_ADDRESS = re.compile(r"unix:/.+|tcp:[^:/]+:[0-9]{1,5}")


@register()
def check_data_directory(**_options: Any) -> Sequence[CheckMessage]:
    """ocop.E001: what the portal keeps must be writable."""
    place = settings.DATA_DIR
    existing = next(folder for folder in (place, *place.parents) if folder.exists())
    if existing.is_dir() and os.access(existing, os.W_OK):
        return []
    return [
        Error(
            f"The data directory {place} cannot be written.",
            hint="Make it writable for this user, or set OCOP_DATA_DIR to another folder.",
            id="ocop.E001",
        )
    ]


@register()
def check_site_url(**_options: Any) -> Sequence[CheckMessage]:
    """ocop.E002: mails and QR codes need an address that leads back here."""
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme in {"http", "https"} and parts.netloc and not parts.path:
        return []
    return [
        Error(
            f"OCOP_SITE_URL={settings.SITE_URL!r} is not the address of a site.",
            hint="Write it with its scheme and without a path: https://ocop.example.vn",
            id="ocop.E002",
        )
    ]


@register(Tags.security, deploy=True)
def check_secret_key(**_options: Any) -> Sequence[CheckMessage]:
    """ocop.E003: a short secret can be guessed."""
    if len(settings.SECRET_KEY) >= SHORTEST_SECRET:
        return []
    return [
        Error(
            f"OCOP_SECRET_KEY has fewer than {SHORTEST_SECRET} characters.",
            hint="Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
            id="ocop.E003",
        )
    ]


@register(Tags.security)
def check_scanner_address(**_options: Any) -> Sequence[CheckMessage]:
    """ocop.E004: an address that cannot be read would refuse every file."""
    if not settings.CLAMD or _CLAMD_ADDRESS.fullmatch(settings.CLAMD):
        return []
    return [
        Error(
            "OCOP_CLAMD is neither unix:/path nor tcp:host:port.",
            hint="For example unix:/run/clamav/clamd.ctl, or empty for no scan.",
            id="ocop.E004",
        )
    ]


@register(Tags.security, deploy=True)
def check_site_is_secure(**_options: Any) -> Sequence[CheckMessage]:
    """ocop.W001: a public portal speaks TLS."""
    if settings.SITE_URL.startswith("https://"):
        return []
    return [
        Warning(
            "OCOP_SITE_URL does not begin with https://.",
            hint="Links in mails and QR codes of certificates would lead to an insecure address.",
            id="ocop.W001",
        )
    ]
