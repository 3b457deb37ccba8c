"""What a producer could still say of the recognised products."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from promotion.models import Listing, SoldAt, Story
from registry.domain.clock import legal_day
from registry.selectors import standing_of
from registry.selectors.people import Person
from scoring.domain.certificate_states import CertificateState

MOST_SHOWN = 50


@dataclass(frozen=True)
class Lack:
    """One thing that a product's page lacks: its story, else a place to buy."""

    product_id: int
    name: str
    is_story: bool


def own_listings(user: Person, *, at: datetime) -> QuerySet[Listing]:
    """Listings in force of the subjects that the person works for, hidden ones too."""
    day = legal_day(at)
    return Listing.objects.filter(
        subject__in=standing_of(user, day).subject_ids,
        state=CertificateState.VALID,
        valid_until__gte=day,
    )


def lacks_of(user: Person, at: datetime) -> Iterator[Lack]:
    """The story first; two queries."""
    rows = own_listings(user, at=at).annotate(
        has_story=Exists(Story.objects.filter(product=OuterRef("product"))),
        has_place=Exists(SoldAt.objects.filter(product=OuterRef("product"), ended_on=None)),
    )
    found = rows.order_by("sort_key", "id").values_list(
        "product_id", "name", "has_story", "has_place"
    )
    for product_id, name, has_story, has_place in found[:MOST_SHOWN]:
        if not has_story:
            yield Lack(product_id, name, is_story=True)
        elif not has_place:
            yield Lack(product_id, name, is_story=False)
