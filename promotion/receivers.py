"""What the lower apps announce, and what the public face does about it."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from promotion.services import listings
from registry.models import Product
from scoring.models import Rating
from scoring.signals import certificate_changed, certificate_issued, rating_concluded


@receiver(certificate_issued, dispatch_uid="promotion.certificate_issued")
@receiver(certificate_changed, dispatch_uid="promotion.certificate_changed")
def follow_certificate(*, product_id: int, **_news: Any) -> None:
    """The product's page and its days of recognition follow its certificates."""
    listings.refresh(Product.objects.get(pk=product_id), at=timezone.now())


@receiver(rating_concluded, dispatch_uid="promotion.rating_concluded")
def follow_rating(*, rating_id: int, **_news: Any) -> None:
    """A higher council's result ends the wait of a “potential five stars”."""
    rating = Rating.objects.select_related("dossier__enrolment__product").get(pk=rating_id)
    listings.refresh(rating.dossier.enrolment.product, at=timezone.now())
