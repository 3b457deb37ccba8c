"""What the public face says on the register's page of a product."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ocop_portal.accounts.models import User
from promotion.models import Listing
from registry import panels
from registry.models import Product
from registry.panels import Panel


def register() -> None:
    """Called once, when the portal starts."""
    panels.register("promotion", public_face, order=60)


def public_face(product: Product, _user: User, _at: datetime) -> Panel | None:
    """Where the story and the places to buy are kept; nothing before the first certificate."""
    listing = Listing.objects.filter(product=product).only("hidden").first()
    if listing is None:
        return None
    text = (
        _("Trang công khai đang được ẩn.")
        if listing.hidden
        else _("Sản phẩm đã lên trang công khai.")
    )
    return Panel(
        _("Xúc tiến thương mại"), url=reverse("promotion:desk", args=[product.pk]), text=text
    )
