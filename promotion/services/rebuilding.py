"""The public listings made anew from the certificates: a check, and the repair."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from promotion.models import Listing
from promotion.services import listings
from registry.models import Product

# What is copied or derived; an address, once given, and a page withheld stay as they are.
DERIVED = (
    "certificate_id",
    "subject_id",
    "province_id",
    "commune_id",
    "name",
    "subject_name",
    "set_name",
    "group",
    "regime",
    "stars",
    "potential_five",
    "state",
    "issued_on",
    "valid_until",
    "search_text",
    "sort_key",
)


@dataclass(frozen=True)
class Findings:
    """How many products were looked at, and which were out of step."""

    products: int
    wrong: tuple[Product, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """One line for each."""
        return tuple(f"product {product.pk}: {product.name}" for product in self.wrong)


def check(*, at: datetime) -> Findings:
    """What a rebuild would change; changes nothing."""
    return _walk(at, keep=False)


def rebuild(*, at: datetime) -> Findings:
    """Makes every listing and its days of recognition say what the certificates say."""
    return _walk(at, keep=True)


def _walk(at: datetime, *, keep: bool) -> Findings:
    products = Product.objects.filter(certificates__isnull=False).distinct().order_by("pk")
    wrong, seen = [], 0
    for product in products.iterator(chunk_size=500):
        seen += 1
        with transaction.atomic():
            before = _picture(product)
            listings.refresh(product, at=at)
            if before != _picture(product):
                wrong.append(product)
            if not keep:
                transaction.set_rollback(True)
    return Findings(seen, tuple(wrong))


def _picture(product: Product) -> tuple[Any, ...]:
    """Everything derived of a product, to be compared."""
    row = Listing.objects.filter(product=product).values_list(*DERIVED).first()
    days = Listing.objects.filter(product=product).values_list(
        "recognitions__certificate",
        "recognitions__stars",
        "recognitions__group",
        "recognitions__regime",
        "recognitions__province",
        "recognitions__subject",
        "recognitions__year",
        "recognitions__starts_on",
        "recognitions__ends_on",
        "recognitions__commune",
        "recognitions__former_unit",
        "recognitions__subject_kind",
        "recognitions__is_away",
        "recognitions__level",
        "recognitions__turn",
        "recognitions__ends_naturally",
        "recognitions__next_starts_on",
    )
    return row, tuple(days.order_by("recognitions__starts_on"))
