"""How often the certificates of a product were looked up."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum

from promotion.models import CheckCount
from registry.models import Product

MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Checks:
    """Looks in the last thirty days, and since the first one."""

    month: int
    total: int


def checks_of(product: Product, on: date) -> Checks:
    """The figures of all certificates of a product, in one query."""
    rows = CheckCount.objects.filter(certificate__product=product)
    found = rows.aggregate(month=Sum("checks", filter=Q(on__gt=on - MONTH)), total=Sum("checks"))
    return Checks(month=found["month"] or 0, total=found["total"] or 0)
