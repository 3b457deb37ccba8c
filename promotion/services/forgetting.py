"""What the public face does when a recognition that was recorded by mistake is taken back."""

from datetime import datetime

from django.db import transaction

from promotion import signals
from promotion.models import Listing
from promotion.services import listings
from registry.models import Product


@transaction.atomic
def forget_certificate(product: Product, certificate_id: int, *, at: datetime) -> None:
    """The product's page says what its other certificates say; without any it has no page."""
    if product.certificates.exclude(pk=certificate_id).exists():
        listings.refresh(product, at=at, without=certificate_id)
    else:
        gone = Listing.objects.filter(product=product)
        provinces = list(gone.values_list("province", flat=True))
        gone.delete()
        for province in provinces:
            signals.recognitions_changed.send(
                sender=Listing, product_id=product.pk, province_id=province
            )
