"""Where a request comes from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The caller's address.

    Only as many proxies are believed as the installation has: what a caller writes into
    X-Forwarded-For by himself stands further left and is ignored.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "")
    if not settings.TRUSTED_PROXIES:
        return direct
    named = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if len(named) < settings.TRUSTED_PROXIES:
        return direct
    try:
        return str(ip_address(named[-settings.TRUSTED_PROXIES]))
    except ValueError:
        return direct
