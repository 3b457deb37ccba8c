"""Star figures as the recognitions give them: what is stored, and what it is held against."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum, Value
from django.db.models.fields import CharField

from promotion.models import Recognition
from registry.models import Unit
from reporting.domain.star_margins import WHOLE, Held, Key, guests, margins
from reporting.domain.tables import Dimension
from reporting.models import StarMargin, StarTally
from reporting.selectors.star_choices import COLUMN_OF, Validity, on_day
from reporting.selectors.star_counts import counted

COMMUNE, FORMER = "commune", "former"
TALLIED = ("stars", *COLUMN_OF.values())
MARGINS = (WHOLE, *COLUMN_OF, Dimension.PROVINCE, COMMUNE, FORMER)
MARGIN_COLUMNS = ("whole", *COLUMN_OF.values(), "province", "commune", "former_unit")
MARGIN_FIELDS = ("validity", "dimension", "value", "stars", "products", "subjects")

# Each with its count, by validity and values.
Tallies = Counter[tuple[Any, ...]]
Margins = dict[tuple[str, *Key], tuple[int, int]]


@dataclass(frozen=True)
class Counted:
    """Everything that is stored of one place and one day."""

    tallies: Tallies
    margins: Margins


def recount(province: Unit, *, on: date) -> Counted:
    """Everything of a province and a day as the recognitions give it."""
    tallies: Tallies = Counter()
    found: Margins = {}
    for validity in Validity:
        rows = on_day(on, validity).filter(province=province)
        for *row, count in counted(rows, TALLIED):
            tallies[(validity.value, *row)] = count
        for key, counts in margins(_held(rows), MARGINS).items():
            found[(validity.value, *key)] = counts
    return Counted(tallies, found)


def sum_up(country: Unit, *, on: date) -> Counted:
    """The margins of all provinces added up, with the guests among the subjects."""
    rows = StarMargin.objects.filter(counted_for=on).exclude(province=country).order_by()
    found: Margins = {
        (validity, dimension, value, stars): (products, subjects)
        for validity, dimension, value, stars, products, subjects in rows.values_list(
            *MARGIN_FIELDS[:4]
        ).annotate(Sum("products"), Sum("subjects"))
    }
    for validity in Validity:
        held = on_day(on, validity)
        away = set(held.filter(is_away=True).values_list("subject", flat=True))
        theirs = held.filter(subject__in=away) if away else held.none()
        for key, more in guests(_held(theirs), MARGINS).items():
            products, subjects = found[(validity.value, *key)]
            found[(validity.value, *key)] = (products, subjects + more)
    return Counted(Counter(), found)


def kept(place: Unit, *, on: date) -> Counted:
    """Everything of a province, or of the country, and a day as it is stored."""
    tallies = StarTally.objects.filter(province=place, counted_for=on)
    stored = StarMargin.objects.filter(province=place, counted_for=on)
    return Counted(
        Counter(
            {tuple(row): n for *row, n in tallies.values_list("validity", *TALLIED, "products")}
        ),
        {
            (validity, dimension, value, stars): (products, subjects)
            for validity, dimension, value, stars, products, subjects in stored.values_list(
                *MARGIN_FIELDS
            )
        },
    )


def _held(rows: QuerySet[Recognition]) -> Iterable[Held]:
    whole = rows.annotate(whole=Value(WHOLE, output_field=CharField()))
    found = whole.values_list("stars", "subject", "is_away", *MARGIN_COLUMNS)
    for stars, subject, is_away, *values in found.iterator(chunk_size=5000):
        yield Held(stars, tuple(values), subject, is_away)
