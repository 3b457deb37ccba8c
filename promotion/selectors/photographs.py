"""Photographs that the public may see: those of products that have a public page."""

from django.db.models import OuterRef, QuerySet, Subquery

from promotion.models import Listing
from promotion.selectors import pages
from registry.models import ProductPicture


def public_pictures() -> QuerySet[ProductPicture]:
    """Every picture of a product with a public page."""
    shown = pages.with_page().select_related(None).order_by().values("product")
    return ProductPicture.objects.filter(product__in=shown)


def with_face(rows: QuerySet[Listing]) -> QuerySet[Listing]:
    """The listings with `face` and `face_alt` of their first picture, null where there is none."""
    first = ProductPicture.objects.filter(product=OuterRef("product")).order_by("position", "id")
    return rows.annotate(
        face=Subquery(first.values("token")[:1]), face_alt=Subquery(first.values("alt")[:1])
    )
