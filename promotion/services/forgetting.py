"""What the public face does when recognitions that were recorded by mistake are taken back."""

from collections.abc import Sequence, Set
from datetime import datetime

from django.db import transaction
from django.db.models import Min

from promotion.models import Listing, Recognition
from promotion.services import listings, recognitions
from registry.models import Product
from scoring.models import Certificate


@transaction.atomic
def forget_certificates(products: Sequence[Product], gone: Set[int], *, at: datetime) -> None:
    """The products' pages say what their other certificates say; without any there is no page."""
    rest = Certificate.objects.filter(product__in=[each.pk for each in products]).exclude(
        pk__in=gone
    )
    held = set(rest.values_list("product", flat=True))
    listings.refresh_many([each for each in products if each.pk in held], at=at, without=gone)
    bare = [each.pk for each in products if each.pk not in held]
    days = Recognition.objects.filter(listing__product__in=bare).order_by()
    since = dict(days.values_list("province").annotate(since=Min("starts_on")))
    Listing.objects.filter(product__in=bare).delete()
    recognitions.announce(since)
