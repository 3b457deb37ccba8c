"""What the public face says on the register's page of a product."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cycle import panels as dossier_panels
from cycle.models import Dossier
from cycle.permissions import may_write
from ocop_portal.accounts.models import User
from promotion.models import Listing
from promotion.selectors.outcomes import recognised_since
from registry import panels
from registry.domain.clock import legal_day
from registry.models import Product
from registry.panels import Panel


def register() -> None:
    """Called once, when the portal starts."""
    panels.register("promotion", public_face, order=60)
    dossier_panels.register("promotion_results", results, order=60)


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


def results(dossier: Dossier, user: User) -> dossier_panels.Panel | None:
    """At a renewal: what promotion brought since the recognition, to be taken over as evidence."""
    if recognised_since(dossier) is None:
        return None
    if not may_write(user, dossier.enrolment, on=legal_day(timezone.now())):
        return None
    return dossier_panels.Panel(
        _("Kết quả xúc tiến thương mại"),
        url=reverse("promotion:dossier-results", args=[dossier.pk]),
        text=_("Sự kiện, điểm bán, doanh thu từ ngày được công nhận, có thể đưa vào hồ sơ."),
    )
