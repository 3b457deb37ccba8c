"""The producer says where a product is sold, and takes it off again."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.domain.sales import PlaceKind, check_place
from promotion.models import PointOfSale, SoldAt
from promotion.permissions import may_promote
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.models import Product, Unit


@transaction.atomic
def offer(
    product: Product,
    *,
    name: str,
    kind: PlaceKind,
    commune: Unit | None = None,
    address_line: str = "",
    website: str = "",
    by: User,
    at: datetime,
) -> SoldAt:
    """The product is sold at this place from today; a place of the subject is named once.

    A place that a buyer could not find is refused, and a place that already offers the product.
    """
    require(may_promote(by, product, on=legal_day(at)))
    Product.objects.select_for_update().get(pk=product.pk)
    check_place(kind, has_commune=commune is not None, website=website)
    point, _made = PointOfSale.objects.get_or_create(
        subject=product.subject,
        name=nfc(name).strip(),
        kind=kind,
        commune=commune,
        defaults={
            "address_line": nfc(address_line).strip(),
            "website": website.strip(),
            "created_at": at,
        },
    )
    if SoldAt.objects.filter(product=product, point=point, ended_on__isnull=True).exists():
        raise RuleBroken(
            "place.already_named", term("Điểm bán này đã có trong danh sách."), field="name"
        )
    sold = SoldAt.objects.create(product=product, point=point, since_on=legal_day(at))
    record(
        "promotion.place.added",
        subject=sold,
        actor=by,
        at=at,
        facts={"product": product.pk, "name": product.name, "place": point.name},
    )
    return sold


@transaction.atomic
def end(sold: SoldAt, *, by: User, at: datetime) -> SoldAt:
    """The product is no longer sold there; the row stays as the record of it."""
    require(may_promote(by, sold.product, on=legal_day(at)))
    sold = (
        SoldAt.objects.select_for_update(of=("self",))
        .select_related("product", "point")
        .get(pk=sold.pk)
    )
    if sold.ended_on is not None:
        raise RuleBroken("place.already_ended", term("Điểm bán này đã được bỏ trước đó."))
    sold.ended_on = legal_day(at)
    sold.save(update_fields=["ended_on"])
    record(
        "promotion.place.ended",
        subject=sold,
        actor=by,
        at=at,
        facts={
            "product": sold.product_id,
            "name": sold.product.name,
            "place": sold.point.name,
        },
    )
    return sold
