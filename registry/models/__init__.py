"""What the register remembers."""

from registry.models.evidence import Evidence
from registry.models.postings import Posting
from registry.models.product_sets import ProductSet
from registry.models.products import Product, ProductClassification, ProductCode
from registry.models.subjects import Gender, Subject
from registry.models.units import Unit, UnitName, UnitSuccession

__all__ = [
    "Evidence",
    "Gender",
    "Posting",
    "Product",
    "ProductClassification",
    "ProductCode",
    "ProductSet",
    "Subject",
    "Unit",
    "UnitName",
    "UnitSuccession",
]
