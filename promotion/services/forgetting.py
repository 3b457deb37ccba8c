"""What the public face does when a recognition that was recorded by mistake is taken back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Min

from promotion.models import Listing, Recognition
from promotion.services import listings, recognitions
from registry.models import Product


@transaction.atomic
def forget_certificate(product: Product, certificate_id: int, *, at: datetime) -> None:
    """The product's page says what its other certificates say; without any it has no page."""
    if product.certificates.exclude(pk=certificate_id).exists():
        listings.refresh(product, at=at, without=certificate_id)
    else:
        gone = Recognition.objects.filter(listing__product=product).order_by()
        since = dict(gone.values_list("province").annotate(since=Min("starts_on")))
        Listing.objects.filter(product=product).delete()
        recognitions.announce(since)
