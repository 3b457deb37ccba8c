"""The office's register of points of sale: kept, closed, and which products are sold there."""

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.domain.sales import PlaceKind, check_coordinates, check_place, check_registered
from promotion.models import PointOfSale, SoldAt
from promotion.permissions import may_keep_point
from promotion.services.points_of_sale import add_offer, open_point, record_offer, search_words
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.models import Product, Unit


@dataclass(frozen=True, kw_only=True)
class PointFacts:
    """What an office says of a place; coordinates in degrees."""

    name: str
    kind: PlaceKind
    commune: Unit
    address_line: str = ""
    website: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    opening_hours: str = ""
    phone: str = ""
    has_startup_help: bool = False
    has_packaging_design: bool = False

    @property
    def columns(self) -> dict[str, object]:
        """As stored: texts are composed and trimmed."""
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        texts = {name: nfc(said).strip() for name, said in plain.items() if type(said) is str}
        words = search_words(self.name, self.address_line, self.commune)
        return {**plain, **texts, "search_text": words}


@transaction.atomic
def register(facts: PointFacts, *, by: User, at: datetime) -> PointOfSale:
    """A new place in the register of the office's area.

    Refused: a place that cannot be found, one of a producer's own kinds, the same name twice in a
    commune while the first is open.
    """
    require(may_keep_point(by, facts.commune, on=legal_day(at)))
    _check(facts)
    point = PointOfSale.objects.create(created_at=at, **facts.columns)
    _record(point, "registered", by, at)
    return point


@transaction.atomic
def edit(point: PointOfSale, facts: PointFacts, *, by: User, at: datetime) -> PointOfSale:
    """What the office says of the place now; into another area only with a posting there too."""
    point = open_point(point)
    for commune in (point.commune, facts.commune):
        require(may_keep_point(by, commune, on=legal_day(at)))
    _check(facts, but=point)
    for name, value in facts.columns.items():
        setattr(point, name, value)
    point.save(update_fields=list(facts.columns))
    _record(point, "edited", by, at)
    return point


@transaction.atomic
def close(point: PointOfSale, *, reason: str, by: User, at: datetime) -> PointOfSale:
    """The place is no longer open, with a reason; what was sold there ends with it.

    An office also closes a producer's own place that does not exist.
    """
    rows = PointOfSale.objects.select_for_update(of=("self",)).select_related("commune")
    point = rows.get(pk=point.pk)
    require(may_keep_point(by, point.commune, on=legal_day(at)))
    if not reason.strip():
        raise RuleBroken("point.needs_reason", term("Hãy ghi lý do đóng."), field="reason")
    if point.closed_on is not None:
        raise RuleBroken("point.closed", term("Điểm bán này đã đóng cửa."), field="reason")
    point.closed_on, point.closing_reason = legal_day(at), nfc(reason).strip()
    point.save(update_fields=["closed_on", "closing_reason"])
    offers = point.offers.filter(ended_on__isnull=True)
    products = sorted(offers.values_list("product_id", flat=True))
    offers.update(ended_on=legal_day(at))
    _record(point, "closed", by, at, products=products, reason=point.closing_reason)
    return point


@transaction.atomic
def put(product: Product, point: PointOfSale, *, by: User, at: datetime) -> SoldAt:
    """The office itself enters a recognised product; a producer's open proposal is confirmed."""
    point = open_point(point)
    require(may_keep_point(by, point.commune, on=legal_day(at)))
    asked = point.offers.filter(product=product, ended_on__isnull=True, is_awaited=True).first()
    if asked is not None:
        return confirm(asked, by=by, at=at)
    sold = add_offer(product, point, at=at, is_awaited=False)
    record_offer(sold, "promotion.place.confirmed", by=by, at=at)
    return sold


@transaction.atomic
def confirm(sold: SoldAt, *, by: User, at: datetime) -> SoldAt:
    """The office has seen that the product is sold there; twice is once."""
    sold = _asked(sold, by=by, at=at)
    if sold.is_awaited:
        sold.is_awaited, sold.since_on = False, legal_day(at)
        sold.save(update_fields=["is_awaited", "since_on"])
        record_offer(sold, "promotion.place.confirmed", by=by, at=at)
    return sold


@transaction.atomic
def decline(sold: SoldAt, *, reason: str, by: User, at: datetime) -> SoldAt:
    """The product is not sold there, with the reason that the producer reads."""
    sold = _asked(sold, by=by, at=at)
    if not reason.strip():
        raise RuleBroken("place.needs_reason", term("Hãy ghi lý do."), field="reason")
    sold.ended_on, sold.declined_reason = legal_day(at), nfc(reason).strip()
    sold.save(update_fields=["ended_on", "declined_reason"])
    record_offer(sold, "promotion.place.declined", by=by, at=at, reason=sold.declined_reason)
    return sold


def _asked(sold: SoldAt, *, by: User, at: datetime) -> SoldAt:
    rows = SoldAt.objects.select_for_update(of=("self",))
    sold = rows.select_related("product", "point__commune").get(pk=sold.pk)
    require(may_keep_point(by, sold.point.commune, on=legal_day(at)))
    if sold.ended_on is not None:
        raise RuleBroken("place.already_ended", term("Điểm bán này đã được bỏ trước đó."))
    return sold


def _check(facts: PointFacts, *, but: PointOfSale | None = None) -> None:
    check_place(facts.kind, has_commune=True, website=facts.website)
    check_registered(
        facts.kind,
        has_startup_help=facts.has_startup_help,
        has_packaging_design=facts.has_packaging_design,
    )
    check_coordinates(facts.latitude, facts.longitude)
    same = PointOfSale.objects.filter(
        subject=None, commune=facts.commune, name=nfc(facts.name).strip(), closed_on=None
    )
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise RuleBroken(
            "point.already_registered",
            term("Xã, phường này đã có một điểm bán tên như vậy."),
            field="name",
        )


def _record(point: PointOfSale, word: str, by: User, at: datetime, **more: object) -> None:
    record(
        f"promotion.point.{word}",
        subject=point,
        actor=by,
        at=at,
        facts={"place": point.name, "commune": point.commune_id, **more},
    )
