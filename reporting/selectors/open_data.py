"""Rows of the open data, read in one pass each; nothing that the public pages do not say."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from promotion.models import Listing
from promotion.selectors import catalogue, pages
from registry.domain.regime import Level
from reporting.domain.open_data import Dataset, datasets_from
from reporting.selectors import stars
from reporting.selectors.star_choices import Choice
from scoring.domain.authorities import authority_name
from scoring.domain.certificate_states import CertificateState, status_on
from scoring.models import Certificate

DICTIONARY = Path(__file__).parent.parent / "data" / "open_data.toml"
AT_A_TIME = 2000

Row = tuple[Any, ...]


@cache
def datasets() -> tuple[Dataset, ...]:
    """Every published table with its dictionary, in the order of the file."""
    return datasets_from(tomllib.loads(DICTIONARY.read_text(encoding="utf-8")))


def rows_of(dataset: Dataset, *, on: date) -> Iterator[Row]:
    """The rows of a table as they stand on a day, in a fixed order."""
    return _READERS[dataset.key](on)


def _products(on: date) -> Iterator[Row]:
    """Products that hold their star or held it to the end; what was taken away is not offered."""
    found = pages.with_page().select_related(None).filter(state=CertificateState.VALID)
    rows = found.order_by("product_id").values_list(
        "product_id",
        "name",
        "product__code",
        "product__gtin",
        "stars",
        "potential_five",
        "subject_name",
        "group_name",
        "set_name",
        "regime",
        "province__code",
        "province__name",
        "commune__code",
        "commune__name",
        "issued_on",
        "valid_until",
        "slug",
    )
    found_rows: Iterator[Row] = rows.iterator(chunk_size=AT_A_TIME)
    for *values, slug in found_rows:
        status = status_on(CertificateState.VALID, values[-1], on)
        url = settings.SITE_URL + reverse("promotion:product", args=[slug])
        yield (*values, status.value, url)


def _certificates(on: date) -> Iterator[Row]:
    """Every certificate of a product that is not withheld, with its worth today."""
    withheld = Listing.objects.filter(hidden=True).values("product")
    rows = (
        Certificate.objects.exclude(product__in=withheld)
        .order_by("issued_on", "pk")
        .values_list(
            "number",
            "code",
            "product_id",
            "product_name",
            "subject_name",
            "set_name",
            "regime",
            "stars",
            "issued_on",
            "valid_until",
            "state",
            "level",
            "unit__name",
            "decision__number",
            "decision__decided_on",
        )
    )
    found: Iterator[Row] = rows.iterator(chunk_size=AT_A_TIME)
    for *said, until, state, level, unit, decision, decided_on in found:
        status = status_on(CertificateState(state), until, on)
        url = settings.SITE_URL + reverse("promotion:verify", args=[said[1]])
        authority = authority_name(Level(level), unit)
        yield (*said, until, status.value, decision, decided_on, authority, url)


def _statistics(on: date) -> Iterator[Row]:
    """Counts of the day; products whose page is withheld are counted, as in the statistics."""
    cells = stars.cells(Choice(on=on), provinces=catalogue.provinces())
    for cell in sorted(cells, key=lambda c: (-c.stars, c.group, c.province, c.regime, c.year)):
        yield on, cell.stars, cell.group, cell.province, cell.regime, cell.year, cell.count


_READERS: Mapping[str, Callable[[date], Iterator[Row]]] = {
    "san-pham": _products,
    "giay-chung-nhan": _certificates,
    "thong-ke": _statistics,
}
