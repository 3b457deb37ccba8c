"""Channels: the product's own page at a shop or platform, and what was sold there by quarter."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.domain.figures import LARGEST_COUNT, LARGEST_REVENUE, check_figure
from promotion.domain.sales import Quarter, check_link, check_quarter
from promotion.models import SaleResult, SoldAt
from promotion.permissions import may_promote
from registry.domain.clock import legal_day


@transaction.atomic
def tell(
    sold: SoldAt, quarter: Quarter, *, orders: int, revenue: int, by: User, at: datetime
) -> SaleResult:
    """The figures of a quarter, written or written anew. Only while the product was sold there."""
    sold = _own(sold, by=by, at=at)
    check_quarter(quarter, since=sold.since_on, until=sold.ended_on or legal_day(at))
    check_figure(orders, field="orders", largest=LARGEST_COUNT)
    check_figure(revenue, field="revenue", largest=LARGEST_REVENUE)
    result, _made = SaleResult.objects.update_or_create(
        sold=sold,
        year=quarter.year,
        quarter=quarter.number,
        defaults={"orders": orders, "revenue": revenue, "told_at": at},
    )
    _record(sold, "sale_told", by, at)
    return result


@transaction.atomic
def link(sold: SoldAt, *, url: str, by: User, at: datetime) -> SoldAt:
    """Where the product itself stands at the channel; empty takes the link away."""
    sold = _own(sold, by=by, at=at)
    check_link(url)
    sold.link = url.strip()
    sold.save(update_fields=["link"])
    _record(sold, "linked", by, at)
    return sold


def _own(sold: SoldAt, *, by: User, at: datetime) -> SoldAt:
    rows = SoldAt.objects.select_for_update(of=("self",))
    sold = rows.select_related("product__subject", "point").get(pk=sold.pk)
    require(may_promote(by, sold.product, on=legal_day(at)))
    return sold


def _record(sold: SoldAt, word: str, by: User, at: datetime) -> None:
    record(
        f"promotion.place.{word}",
        subject=sold,
        actor=by,
        at=at,
        facts={"product": sold.product_id, "name": sold.product.name, "place": sold.point.name},
    )
