"""What a search for a product compares."""

from collections.abc import Iterable

from registry.domain.text import fold
from registry.models import Product


def product_search_text(product: Product, places: Iterable[str] = ()) -> str:
    """Its words, its maker's name and the communes where it is made besides."""
    return fold(" ".join([product.name, product.summary, product.subject.name, *places]))
