"""What the register remembers."""

from registry.models.craft_villages import CraftVillage
from registry.models.evidence import Evidence
from registry.models.invitations import Invitation
from registry.models.material_areas import MaterialArea
from registry.models.pictures import ProductPicture
from registry.models.postings import Posting
from registry.models.product_sets import ProductSet
from registry.models.products import NetUnit, Product, ProductClassification, ProductCode
from registry.models.subject_changes import SubjectChange
from registry.models.subjects import Gender, Subject
from registry.models.unit_changes import PlaceChange, UnitChange, UnitOutcome
from registry.models.units import Unit, UnitName, UnitSuccession

__all__ = [
    "CraftVillage",
    "Evidence",
    "Gender",
    "Invitation",
    "MaterialArea",
    "NetUnit",
    "PlaceChange",
    "Posting",
    "Product",
    "ProductClassification",
    "ProductCode",
    "ProductPicture",
    "ProductSet",
    "Subject",
    "SubjectChange",
    "Unit",
    "UnitChange",
    "UnitName",
    "UnitOutcome",
    "UnitSuccession",
]
