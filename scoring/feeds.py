"""What programs may follow of the scoring: certificates and what becomes of them."""

from django.urls import reverse

from ocop_portal.clients import feeds
from ocop_portal.clients.feeds import Feed
from scoring.models import Certificate
from scoring.selectors.certificates import visible_certificates

CERTIFICATE = (
    "issued",
    "recorded",
    "expired",
    "suspended",
    "restored",
    "revoked",
    "superseded",
    "reinstated",
)


def register() -> None:
    """Called once, when the portal starts."""
    feeds.register(
        Feed(
            model=Certificate,
            kinds=frozenset(f"scoring.certificate.{word}" for word in CERTIFICATE),
            visible=visible_certificates,
            address=lambda pk: reverse("api-certificate-row", args=[pk]),
        )
    )
