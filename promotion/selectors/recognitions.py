"""Who held a star on a day."""

from datetime import date

from django.db.models import Q, QuerySet

from promotion.models import Recognition
from registry.domain.text import fold, nfc
from registry.models import Product

MOST_WORDS = 8


def held(*, on: date) -> QuerySet[Recognition]:
    """The recognitions that were in force on the day; at most one for each product."""
    return Recognition.objects.filter(starts_on__lte=on, ends_on__gte=on)


def is_held(product: Product, *, on: date) -> bool:
    """Whether the product holds a star on the day."""
    return held(on=on).filter(listing__product=product).exists()


def recognised(on: date) -> QuerySet[Product]:
    """Products that hold a star on the day, by name."""
    rows = Product.objects.filter(pk__in=held(on=on).values("listing__product"))
    return rows.select_related("subject", "commune__parent__parent").order_by("name", "id")


def recognised_called(text: str, on: date) -> QuerySet[Product]:
    """The one of that code or exact name; else those whose search words hold every word."""
    rows, typed = recognised(on), nfc(text).strip()
    exact = rows.filter(Q(code=typed) | Q(name__iexact=typed))
    if exact.exists():
        return exact
    for word in fold(typed).split()[:MOST_WORDS]:
        rows = rows.filter(listing__search_text__contains=word)
    return rows
