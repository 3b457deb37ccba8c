"""What a visitor put aside, as it stands today."""

from collections.abc import Mapping, Sequence
from typing import Any

from ocop_portal.accounts.models import User
from promotion.models import Favourite
from promotion.selectors import pages, photographs


def products_of(user: User) -> tuple[int, ...]:
    """The keys of a person's products, the newest first."""
    return tuple(Favourite.objects.filter(user=user).values_list("product", flat=True))


def shown(products: Sequence[int], columns: Sequence[str]) -> list[Mapping[str, Any]]:
    """Rows of those that have a public page, in the given order: one query, none for none."""
    if not products:
        return []
    found = pages.with_page().select_related(None).filter(product__in=products)
    rows = photographs.with_face(found).values(*columns, "product_id", "face", "face_alt")
    known = {row["product_id"]: row for row in rows}
    return [known[product] for product in products if product in known]


def public_ones(products: Sequence[int]) -> frozenset[int]:
    """Those of the products that have a public page: only such ones can be put aside."""
    found = pages.with_page().select_related(None).filter(product__in=products)
    return frozenset(found.values_list("product", flat=True))
