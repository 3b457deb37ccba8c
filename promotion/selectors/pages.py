"""One product's public page: the listing, its certificates, its story, where it is sold."""

from datetime import date

from django.db.models import Q, QuerySet

from promotion.domain.catalogue import STATES_WITH_PAGE
from promotion.models import Listing, SoldAt, Story
from registry.domain.gtin import spellings
from registry.models import Product
from scoring.domain.certificate_states import CertificateState


def with_page() -> QuerySet[Listing]:
    """Listings that have a public page: neither hidden nor revoked."""
    return Listing.objects.filter(hidden=False, state__in=STATES_WITH_PAGE).select_related(
        "product__subject",
        "product__commune__parent__parent",
        "product__former_commune__parent__parent",
    )


def places_of(product: Product) -> QuerySet[SoldAt]:
    """Where the product is sold now; what an office has not confirmed is not said."""
    found = SoldAt.objects.filter(product=product, ended_on__isnull=True, is_awaited=False)
    return found.select_related("point__commune__parent__parent").order_by("point__name", "id")


def places_at_desk(product: Product) -> QuerySet[SoldAt]:
    """Also what waits for an office, and the last answers that declined."""
    found = SoldAt.objects.filter(Q(ended_on__isnull=True) | ~Q(declined_reason=""))
    rows = found.filter(product=product).select_related("point__commune__parent__parent")
    return rows.order_by("ended_on", "point__name", "id")


def story_of(product: Product) -> Story | None:
    return Story.objects.filter(product=product).first()


def more_of_subject(listing: Listing, *, limit: int = 4) -> QuerySet[Listing]:
    """Other public products of the same subject, the best first."""
    found = Listing.objects.filter(
        subject=listing.subject_id, hidden=False, state__in=STATES_WITH_PAGE
    )
    return found.exclude(pk=listing.pk).order_by("-stars", "sort_key", "id")[:limit]


def alike(listing: Listing, *, today: date, limit: int = 4) -> list[Listing]:
    """Products of other makers in the industry that hold a star today, neighbours first.

    The keys are found on the bare table; places are joined to the few that are shown. The rest of
    the country is only asked where the province has too few.
    """
    found = (
        Listing.objects.filter(
            group=listing.group, hidden=False, state=CertificateState.VALID, valid_until__gte=today
        )
        .exclude(subject=listing.subject_id)
        .order_by("-stars", "sort_key", "id")
        .values_list("pk", flat=True)
    )
    keys = list(found.filter(province=listing.province_id)[:limit])
    if len(keys) < limit:
        keys += found.exclude(province=listing.province_id)[: limit - len(keys)]
    known = Listing.objects.select_related("commune", "province").in_bulk(keys)
    return [known[key] for key in keys]


def with_gtin(number: str) -> Listing | None:
    """The public product that bears the trade number; zeros in front do not tell two apart."""
    return with_page().filter(product__gtin__in=spellings(number)).order_by("product_id").first()
