"""What a listing copies of a product and its current certificate; for `listings`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from promotion.selectors import certificates
from promotion.selectors.standing import province_of
from registry.domain.regime import Division
from registry.domain.text import fold, slug, sort_key
from registry.models import Product, Unit, UnitSuccession
from registry.selectors.unit_changes import moves_of
from scoring.models import Certificate

SLUG_LENGTH = 100
COLUMNS = (
    "certificate_id",
    "subject_id",
    "province_id",
    "commune_id",
    "name",
    "subject_name",
    "set_name",
    "group",
    "group_name",
    "regime",
    "stars",
    "potential_five",
    "state",
    "issued_on",
    "valid_until",
    "search_text",
    "sort_key",
)


def slug_of(product: Product, current: Certificate) -> str:
    """The address word of a listing, given once."""
    return f"{slug(current.product_name)[:SLUG_LENGTH]}-{product.pk}".lstrip("-")


class PublicFields:
    """Answers for products whose names of before were read together."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._before = _names_of_before(products)
        self._moved: dict[int, list[str]] = defaultdict(list)
        for move in moves_of(*products):
            self._moved[move.product_id].append(move.before.search_text)

    def of(self, product: Product, current: Certificate) -> dict[str, Any]:
        """The names are those that the decision recognised, whatever the register says today."""
        province = province_of(product.commune)
        return {
            "certificate_id": current.pk,
            "subject_id": product.subject_id,
            "province_id": province.pk,
            "commune_id": product.commune_id,
            "name": current.product_name,
            "subject_name": current.subject_name,
            "set_name": current.set_name,
            "group": slug(current.product_set.industry),
            "group_name": current.product_set.industry,
            "regime": current.regime,
            "stars": current.stars,
            "potential_five": certificates.awaits_the_centre(current),
            "state": current.state,
            "issued_on": current.issued_on,
            "valid_until": current.valid_until,
            "search_text": self._search_text(product, current, province),
            "sort_key": sort_key(current.product_name),
        }

    def _search_text(self, product: Product, current: Certificate, province: Unit) -> str:
        """Names of today and of before, so that a visitor finds the product under either."""
        places = [product.commune.search_text, province.search_text]
        if product.former_commune:
            places.append(product.former_commune.search_text)
        else:
            places += self._before[product.commune_id]
        places += self._moved[product.pk]
        words = (
            current.product_name,
            current.subject_name,
            current.set_name,
            product.code,
            product.name,
            product.subject.name,
        )
        return " ".join(dict.fromkeys([*(fold(word) for word in words), *places]))


def _names_of_before(products: Iterable[Product]) -> dict[int, list[str]]:
    """By today's commune: the search words of the units of before that became it."""
    communes = {each.commune_id for each in products if each.former_commune_id is None}
    pairs = UnitSuccession.objects.filter(
        new__in=communes, old__division=Division.THREE_TIER
    ).order_by("old__sort_key", "old__path")
    names: dict[int, list[str]] = defaultdict(list)
    for commune, text in pairs.values_list("new", "old__search_text") if communes else ():
        names[commune].append(text)
    return names
