"""Products that a person may see, and their sets."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from ocop_portal.accounts.models import User
from registry import shields
from registry.models import Product, ProductClassification, ProductSet, Subject
from registry.selectors.people import Person, standing_of
from registry.selectors.places import below
from registry.selectors.subjects import own_subjects

MadeIn = Product.production_communes.through


def all_products() -> QuerySet[Product]:
    """Every product with its subject, its places and its sets."""
    return (
        Product.objects.select_related(
            "subject", "commune__parent__parent", "former_commune__parent__parent"
        )
        .prefetch_related(
            Prefetch(
                "classifications",
                queryset=ProductClassification.objects.select_related("product_set").order_by(
                    "regime"
                ),
            )
        )
        .order_by("name", "id")
    )


def visible_products(user: Person, on: date) -> QuerySet[Product]:
    """Products of the person's own subjects, and those registered or made in the person's units."""
    rows = all_products()
    if not isinstance(user, User):
        return rows.none()
    standing = standing_of(user, on)
    if standing.is_nationwide:
        return shields.shielded(rows, user, on)
    seen = Q(subject__in=standing.subject_ids) | shields.opened(Product, user, on)
    for path in standing.paths:
        made_there = MadeIn.objects.filter(unit__path__startswith=path).order_by()
        seen |= below(path) | Q(pk__in=made_there.values("product"))
    return shields.shielded(rows.filter(seen), user, on)


def own_products(user: Person, on: date) -> QuerySet[Product]:
    """Products of the subjects that the person works for."""
    return all_products().filter(subject__in=own_subjects(user, on).order_by().values("pk"))


def products_of(subject: Subject) -> QuerySet[Product]:
    return all_products().filter(subject=subject)


def product_sets(regime: str) -> QuerySet[ProductSet]:
    """The sets of a regime in their order."""
    return ProductSet.objects.filter(regime=regime).order_by("number")


def set_of(product: Product, regime: str) -> ProductSet | None:
    """The product's set under a regime, where one was chosen."""
    for classification in product.classifications.all():
        if classification.regime == regime:
            return classification.product_set
    return None


def set_choices(regime: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """The sets of a regime grouped by industry, for a select."""
    grouped: dict[str, list[tuple[int, str]]] = {}
    for row in product_sets(regime):
        grouped.setdefault(row.industry, []).append((row.pk, row.name))
    return list(grouped.items())
