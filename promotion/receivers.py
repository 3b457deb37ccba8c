"""What the lower apps announce, and what the public face does about it."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver
from django.utils import timezone

from promotion.services import forgetting, kept_pages, listings, points_of_sale
from registry.models import Product
from registry.signals import product_moved, subject_changed, units_changed
from scoring.models import Certificate, Rating
from scoring.signals import (
    certificate_changed,
    certificate_issued,
    certificates_recorded,
    certificates_taken_back,
    rating_concluded,
)


@receiver(certificate_issued, dispatch_uid="promotion.certificate_issued")
@receiver(certificate_changed, dispatch_uid="promotion.certificate_changed")
def follow_certificate(*, product_id: int, **_news: Any) -> None:
    """The product's page, its days of recognition and what is kept of it follow at once."""
    product = Product.objects.get(pk=product_id)
    listings.refresh(product, at=timezone.now())
    transaction.on_commit(partial(_forget_pages, [product.pk]), robust=True)
    kept_pages.forget_faces()


@receiver(certificates_recorded, dispatch_uid="promotion.certificates_recorded")
def follow_register(*, product_ids: list[int], **_news: Any) -> None:
    """The pages of many products at once, as an office's register brings them in."""
    products = Product.objects.filter(pk__in=product_ids).prefetch_related(*listings.WITH)
    listings.refresh_many(list(products.order_by("pk")), at=timezone.now())
    transaction.on_commit(partial(_forget_pages, product_ids), robust=True)
    kept_pages.forget_faces()


@receiver(certificates_taken_back, dispatch_uid="promotion.certificates_taken_back")
def follow_withdrawal(*, product_ids: list[int], certificate_ids: list[int], **_news: Any) -> None:
    """Recognitions recorded by mistake leave the products' pages before they are deleted."""
    products = Product.objects.filter(pk__in=product_ids).prefetch_related(*listings.WITH)
    forgetting.forget_certificates(
        list(products.order_by("pk")), set(certificate_ids), at=timezone.now()
    )
    transaction.on_commit(partial(kept_pages.forget, *_pages(product_ids)), robust=True)
    kept_pages.forget_faces()


@receiver(subject_changed, dispatch_uid="promotion.subject_changed")
def follow_subject(*, subject_id: int, fields: list[str], **_news: Any) -> None:
    """Another legal form from a day on, or another place: the days of recognition tell it."""
    if {"kind", "commune_id"}.intersection(fields):
        for product in Product.objects.filter(subject=subject_id, listing__isnull=False):
            listings.refresh(product, at=timezone.now())


@receiver(product_moved, dispatch_uid="promotion.product_moved")
def follow_move(*, product_id: int, **_news: Any) -> None:
    """The product's page and its days of recognition name the commune of each day."""
    for product in Product.objects.filter(pk=product_id, listing__isnull=False):
        listings.refresh(product, at=timezone.now())


@receiver(units_changed, dispatch_uid="promotion.units_changed")
def follow_units(
    *, old_ids: list[int], new_ids: list[int], product_ids: list[int], at: datetime, **_news: Any
) -> None:
    """Pages of what moved or lies under another name follow; so do places of sale."""
    points_of_sale.follow_units(old_ids, new_ids)
    listed = Product.objects.filter(listing__isnull=False)
    lies_there = Q(commune__in=new_ids) | Q(commune__parent__in=new_ids)
    for product in listed.filter(Q(pk__in=product_ids) | lies_there).order_by("pk"):
        listings.refresh(product, at=at)
    kept_pages.forget_faces()


def _forget_pages(product_ids: list[int]) -> None:
    kept_pages.forget(*_pages(product_ids))


def _pages(product_ids: list[int]) -> list[str]:
    codes = Certificate.objects.filter(product__in=product_ids).values_list("code", flat=True)
    return list(map(kept_pages.of_certificate, codes))


@receiver(rating_concluded, dispatch_uid="promotion.rating_concluded")
def follow_rating(*, rating_id: int, **_news: Any) -> None:
    """A higher council's result ends the wait of a “potential five stars”."""
    rating = Rating.objects.select_related("dossier__enrolment__product").get(pk=rating_id)
    listings.refresh(rating.dossier.enrolment.product, at=timezone.now())
    kept_pages.forget_faces()
