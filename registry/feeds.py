"""What programs may follow of the register."""

from django.urls import reverse

from ocop_portal.clients import feeds
from ocop_portal.clients.feeds import Feed
from registry.models import Product, Subject
from registry.selectors import visible_products, visible_subjects


def register() -> None:
    """Called once, when the portal starts."""
    feeds.register(
        Feed(
            model=Subject,
            kinds=frozenset(
                {
                    "registry.subject.registered",
                    "registry.subject.entered",
                    "registry.subject.updated",
                }
            ),
            visible=visible_subjects,
            address=lambda pk: reverse("api-subject", args=[pk]),
        )
    )
    feeds.register(
        Feed(
            model=Product,
            kinds=frozenset(
                {
                    "registry.product.registered",
                    "registry.product.entered",
                    "registry.product.updated",
                    "registry.product.coded",
                }
            ),
            visible=visible_products,
            address=lambda pk: reverse("api-registered-product", args=[pk]),
        )
    )
