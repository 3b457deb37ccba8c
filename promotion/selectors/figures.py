"""The figures that the first page shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from promotion.domain.stars import RECOGNISED
from promotion.selectors import recognitions


@dataclass(frozen=True)
class StarCount:
    stars: int
    products: int


@dataclass(frozen=True)
class Headline:
    """How many products hold a star on a day, from how many subjects and provinces."""

    on: date
    products: int
    by_star: tuple[StarCount, ...]
    subjects: int
    provinces: int


def headline_figures(*, on: date) -> Headline:
    """The figures of a day, the highest star first; two queries."""
    held = recognitions.held(on=on).order_by()
    counts = dict(held.values_list("stars").annotate(count=Count("pk")))
    spread = held.aggregate(
        subjects=Count("subject", distinct=True),
        provinces=Count("province", distinct=True),
    )
    return Headline(
        on=on,
        products=sum(counts.values()),
        by_star=tuple(StarCount(star, counts.get(star, 0)) for star in reversed(RECOGNISED)),
        subjects=spread["subjects"],
        provinces=spread["provinces"],
    )
