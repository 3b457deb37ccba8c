"""Pictures of products."""

from datetime import date

from django.db.models import QuerySet

from registry.models import Product, ProductPicture
from registry.selectors.people import Person
from registry.selectors.products import visible_products


def pictures_of(product: Product | int) -> QuerySet[ProductPicture]:
    """The pictures of a product in their order, the face first."""
    return ProductPicture.objects.filter(product=product).order_by("position", "id")


def visible_pictures(user: Person, on: date) -> QuerySet[ProductPicture]:
    """Pictures of the products that the person may see."""
    seen = visible_products(user, on).order_by().values("pk")
    return ProductPicture.objects.select_related("product__subject").filter(product__in=seen)
