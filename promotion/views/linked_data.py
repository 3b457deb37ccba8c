"""The product page for machines: schema.org as JSON-LD.

A data block is not executed, so the content security policy lets it stand in the page; what it
must never do is end the script element, therefore the three dangerous signs are escaped.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from promotion.models import Listing
from registry.models import Product, ProductPicture

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data(
    listing: Listing, photographs: Sequence[ProductPicture], *, is_offered: bool
) -> SafeString:
    """The product as schema.org describes one; the award stands only while it is valid."""
    text = json.dumps(_product(listing, photographs, is_offered=is_offered), ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 # escaped in the line above


def _product(
    listing: Listing, photographs: Sequence[ProductPicture], *, is_offered: bool
) -> dict[str, Any]:
    product = listing.product
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": listing.name,
        "url": settings.SITE_URL + listing.get_absolute_url(),
        "image": _images(product, photographs),
        "category": listing.set_name,
        "brand": {"@type": "Organization", "name": listing.subject_name},
        "countryOfOrigin": {"@type": "Country", "name": "VN"},
    }
    if product.summary:
        described["description"] = product.summary
    if product.code:
        described["identifier"] = product.code
    if product.gtin:
        described["gtin"] = product.gtin
    if is_offered:
        described["award"] = f"OCOP {listing.stars} sao"
    if offer := _offer(product):
        described["offers"] = offer
    return described


def _images(product: Product, photographs: Sequence[ProductPicture]) -> list[str]:
    """The photographs, or the drawn stand-in where there is none."""
    paths = [reverse("promotion:photograph", args=[each.token, "lon"]) for each in photographs]
    return [
        settings.SITE_URL + path
        for path in paths or [reverse("promotion:picture", args=[product.pk])]
    ]


def _offer(product: Product) -> dict[str, Any] | None:
    prices = [price for price in (product.price_from, product.price_to) if price is not None]
    if not prices:
        return None
    return {
        "@type": "AggregateOffer",
        "priceCurrency": "VND",
        "lowPrice": min(prices),
        "highPrice": max(prices),
    }
