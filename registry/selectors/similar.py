"""What is much like a thing that somebody is about to register: shown before there are two.

Only names are told, and only of the commune: enough to know one's neighbour, nothing more.
"""

from registry.domain.likeness import is_alike, likeness
from registry.models import Product, Subject, Unit

LOOKED_AT = 1000  # the busiest commune has far fewer
SHOWN = 5


def similar_products(name: str, *, subject: Subject, commune: Unit) -> list[Product]:
    """Products of this subject anywhere, and of others in the commune, with a name much like it."""
    own = Product.objects.filter(subject=subject)
    near = Product.objects.filter(commune=commune)
    rows = (own | near).select_related("subject", "commune").order_by("-created_at", "-id")
    alike = [row for row in rows[:LOOKED_AT] if is_alike(name, row.name)]
    return sorted(alike, key=lambda row: (-likeness(name, row.name), row.pk))[:SHOWN]


def similar_subjects(name: str, *, commune: Unit) -> list[Subject]:
    """Subjects of the commune with a name much like it."""
    rows = Subject.objects.filter(commune=commune).select_related("commune")
    alike = [row for row in rows.order_by("-id")[:LOOKED_AT] if is_alike(name, row.name)]
    return sorted(alike, key=lambda row: (-likeness(name, row.name), row.pk))[:SHOWN]
