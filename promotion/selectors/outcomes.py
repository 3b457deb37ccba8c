"""What trade promotion brought a product between two days."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import Q

from cycle.facts import criteria_of
from cycle.models import Dossier
from promotion.domain.entries import EntryState
from promotion.domain.outcomes import MARKET, PROMOTION, Finding, criteria_called
from promotion.models import EventEntry, Listing, SaleResult, SoldAt
from registry.models import Product

HEADINGS = Path(__file__).parent.parent / "data" / "results.toml"


def recognised_since(dossier: Dossier) -> date | None:
    """The day of the recognition that this dossier would renew; None for a first evaluation."""
    found = Listing.objects.filter(product=dossier.enrolment.product_id)
    found = found.exclude(certificate__rating__dossier=dossier)
    return found.values_list("issued_on", flat=True).first()


def criteria_for(dossier: Dossier, item: str) -> list[tuple[str, str]]:
    """The criteria of the dossier's rubric to which results of this item speak: (code, name)."""
    return criteria_called(criteria_of(dossier).names, _headings().get(item, ()))


@cache
def _headings() -> dict[str, list[str]]:
    return tomllib.loads(HEADINGS.read_text(encoding="utf-8"))


def findings_of(product: Product, *, since: date, until: date) -> list[Finding]:
    """Events, places and channels of the time; three queries."""
    return [*_events(product, since, until), *_places(product, since, until)]


def _events(product: Product, since: date, until: date) -> Iterator[Finding]:
    rows = EventEntry.objects.filter(
        product=product, state=EntryState.ATTENDED, event__starts_on__range=(since, until)
    )
    for entry in rows.select_related("event"):
        event = entry.event
        yield Finding(
            PROMOTION,
            f"{event.name}, {event.place}",
            event.starts_on,
            event.ends_on,
            contracts=entry.contracts,
            revenue=entry.revenue,
        )


def _places(product: Product, since: date, until: date) -> Iterator[Finding]:
    rows = SoldAt.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=since),
        product=product,
        is_awaited=False,
        since_on__lte=until,
    )
    results: dict[int, list[SaleResult]] = {}
    for result in SaleResult.objects.filter(sold__product=product).order_by("year", "quarter"):
        if since <= result.period.last_day and result.period.first_day <= until:
            results.setdefault(result.sold_id, []).append(result)
    for sold in rows.select_related("point__commune__parent__parent"):
        told = results.get(sold.pk, [])
        yield Finding(
            MARKET,
            ", ".join(part for part in (sold.point.name, sold.point.address) if part),
            sold.since_on,
            sold.ended_on,
            orders=sum(each.orders for each in told) if told else None,
            revenue=sum(each.revenue for each in told) if told else None,
        )
