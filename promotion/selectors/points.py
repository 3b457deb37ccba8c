"""Points of sale: what the public finds, and what an office keeps in its area."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from ocop_portal.accounts.models import User
from promotion.models import PointOfSale, SoldAt
from registry.domain.text import fold
from registry.models import Product
from registry.selectors import standing_of
from registry.selectors.people import Person
from scoring.domain.certificate_states import CertificateState

MOST_WORDS, MOST_LETTERS = 8, 80
WITH_UNITS = ("commune__parent__parent", "subject")


@dataclass(frozen=True)
class Cell:
    """So many points of one kind in one province."""

    kind: str
    province: str
    count: int


def current_offers(on: date) -> QuerySet[SoldAt]:
    """What the public is told: confirmed, not ended, and recognised on the day."""
    return SoldAt.objects.filter(_is_current(on))


def _is_current(on: date, prefix: str = "") -> Q:
    facts = {
        "ended_on": None,
        "is_awaited": False,
        "product__listing__hidden": False,
        "product__listing__state": CertificateState.VALID,
        "product__listing__valid_until__gte": on,
    }
    return Q(**{f"{prefix}{name}": value for name, value in facts.items()})


def public_points(on: date) -> QuerySet[PointOfSale]:
    """Open places of the register, and producers' own that sell a recognised product."""
    offers = current_offers(on).filter(point=OuterRef("pk"))
    rows = PointOfSale.objects.filter(Q(subject=None) | Exists(offers), closed_on=None)
    return rows.select_related(*WITH_UNITS).order_by("name", "id")


def with_counts(rows: QuerySet[PointOfSale], on: date) -> QuerySet[PointOfSale]:
    """Each with the number of recognised products sold there."""
    return rows.annotate(products=Count("offers", filter=_is_current(on, "offers__")))


def called(rows: QuerySet[PointOfSale], text: str) -> QuerySet[PointOfSale]:
    """Those found by every word, without marks."""
    for word in fold(text[:MOST_LETTERS]).split()[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=word)
    return rows


def cells(rows: QuerySet[PointOfSale]) -> list[Cell]:
    """Kinds and provinces with their numbers, in one query."""
    found = rows.select_related(None).order_by().annotate(province=F("commune__parent__code"))
    counted = found.values_list("kind", "province").annotate(count=Count("pk"))
    return [Cell(kind, province or "", count) for kind, province, count in counted]


def counts(cells: Iterable[Cell], name: str) -> dict[str, int]:
    """The cells added up by one of their names."""
    found: Counter[str] = Counter()
    for cell in cells:
        found[getattr(cell, name)] += cell.count
    return dict(found)


def offers_at(point: PointOfSale, on: date) -> QuerySet[SoldAt]:
    """The recognised products sold at a place, the best first."""
    rows = current_offers(on).filter(point=point).select_related("product__listing")
    return rows.order_by("-product__listing__stars", "product__listing__sort_key", "pk")


def kept_points(user: Person, on: date) -> QuerySet[PointOfSale]:
    """Every point of the person's area, closed ones too; producers see none here."""
    if not isinstance(user, User):
        return PointOfSale.objects.none()
    seen = Q(pk__in=[])
    for path in standing_of(user, on).paths:
        seen |= Q(commune__path__startswith=path)
    rows = PointOfSale.objects.filter(seen).select_related(*WITH_UNITS)
    return rows.annotate(
        awaited=Count("offers", filter=Q(offers__is_awaited=True, offers__ended_on=None))
    ).order_by("name", "id")


def offers_kept(point: PointOfSale) -> QuerySet[SoldAt]:
    """Everything ever said to be sold at a place; what waits for an answer comes first."""
    rows = point.offers.select_related("product__subject", "point")
    return rows.order_by("-is_awaited", "-since_on", "-id")


def awaited_offers(user: Person, on: date) -> QuerySet[SoldAt]:
    """Proposals that wait for the offices of the person's area."""
    points = kept_points(user, on).order_by().values("pk")
    rows = SoldAt.objects.filter(point__in=points, is_awaited=True, ended_on=None)
    return rows.select_related("product", "point").order_by("since_on", "id")


def registered_near(product: Product, *, text: str) -> QuerySet[PointOfSale]:
    """Open places of the register that a producer may still ask: the own province's first."""
    asked = SoldAt.objects.filter(point=OuterRef("pk"), product=product, ended_on=None)
    rows = PointOfSale.objects.filter(~Exists(asked), subject=None, closed_on=None)
    rows = rows.select_related(*WITH_UNITS)
    own = product.commune.province
    is_far = Case(When(commune__parent=own, then=Value(0)), default=Value(1))
    return called(rows, text).order_by(is_far, "name", "id")
