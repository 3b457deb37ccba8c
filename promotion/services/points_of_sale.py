"""The producer says where a product is sold, and takes it off again.

Own places count at once; at a place of the office's register the producer proposes.
"""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.domain.sales import PlaceKind, check_place
from promotion.models import PointOfSale, SoldAt
from promotion.permissions import may_promote
from promotion.selectors.recognitions import is_held
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import fold, nfc, term
from registry.models import Product, Unit

LONGEST_SEARCH = 600


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
            "search_text": search_words(name, address_line, commune),
            "created_at": at,
        },
    )
    if point.closed_on is not None:
        raise RuleBroken(
            "place.closed",
            term("Cơ quan OCOP đã đóng điểm bán này: %(reason)s"),
            field="name",
            reason=point.closing_reason,
        )
    if SoldAt.objects.filter(product=product, point=point, ended_on__isnull=True).exists():
        raise RuleBroken(
            "place.already_named", term("Điểm bán này đã có trong danh sách."), field="name"
        )
    sold = SoldAt.objects.create(product=product, point=point, since_on=legal_day(at))
    record_offer(sold, "promotion.place.added", by=by, at=at)
    return sold


@transaction.atomic
def propose(product: Product, point: PointOfSale, *, by: User, at: datetime) -> SoldAt:
    """The producer says that a registered place sells the product; the office confirms it.

    Refused: a product without a valid certificate on the day, a closed place, and a place that
    already sells it or is already asked.
    """
    require(may_promote(by, product, on=legal_day(at)))
    point = open_point(point)
    sold = add_offer(product, point, at=at, is_awaited=True)
    record_offer(sold, "promotion.place.proposed", by=by, at=at)
    return sold


def open_point(point: PointOfSale) -> PointOfSale:
    """The registered place, locked; refused once it has closed."""
    rows = PointOfSale.objects.select_for_update(of=("self",)).select_related("commune")
    found = rows.get(pk=point.pk, subject__isnull=True)
    if found.closed_on is not None:
        raise RuleBroken("point.closed", term("Điểm bán này đã đóng cửa."), field="point")
    return found


def add_offer(product: Product, point: PointOfSale, *, at: datetime, is_awaited: bool) -> SoldAt:
    """A recognised product on a place's list, once."""
    if not is_held(product, on=legal_day(at)):
        raise RuleBroken(
            "place.not_recognised",
            term("Sản phẩm không có giấy chứng nhận còn hiệu lực nên chưa vào điểm bán được."),
            field="product",
        )
    if SoldAt.objects.filter(product=product, point=point, ended_on__isnull=True).exists():
        raise RuleBroken(
            "place.already_named", term("Điểm bán này đã có trong danh sách."), field="product"
        )
    return SoldAt.objects.create(
        product=product, point=point, since_on=legal_day(at), is_awaited=is_awaited
    )


def record_offer(sold: SoldAt, kind: str, *, by: User, at: datetime, reason: str = "") -> None:
    facts = {"product": sold.product_id, "name": sold.product.name, "place": sold.point.name}
    record(
        kind,
        subject=sold,
        actor=by,
        at=at,
        facts={**facts, "reason": reason} if reason else facts,
    )


def follow_units(old_ids: list[int], new_ids: list[int]) -> None:
    """Places in communes that ended go to the one that took over; others are found by its name.

    After a split they stay where they were until their office says which part they lie in.
    """
    if len(new_ids) == 1:
        PointOfSale.objects.filter(commune__in=old_ids).update(commune=new_ids[0])
    rows = PointOfSale.objects.filter(commune__in=new_ids)
    points = list(rows.select_related("commune__parent__parent"))
    for point in points:
        words = search_words(point.name, point.address_line, point.commune)
        if words not in point.search_text:  # the old words stay, for whoever knows the old name
            point.search_text = f"{words} {point.search_text}"[:LONGEST_SEARCH]
    PointOfSale.objects.bulk_update(points, ["search_text"])


def search_words(name: str, address_line: str, commune: Unit | None) -> str:
    """What a place is found by, folded."""
    return fold(f"{name} {address_line} {commune.long_name if commune else ''}")[:LONGEST_SEARCH]


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
    record_offer(sold, "promotion.place.ended", by=by, at=at)
    return sold
