"""The products of a comparison, and the ones that can be put beside them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from promotion.domain.search import Question
from promotion.models import Listing
from promotion.selectors import catalogue, pages, photographs


def compared(slugs: Sequence[str]) -> list[Listing | None]:
    """The public product of each address in the given order, with its first photograph.

    None where there is no public page: withdrawn, revoked and never heard of look the same.
    """
    found = photographs.with_face(pages.with_page().filter(slug__in=slugs))
    known = {listing.slug: listing for listing in found}
    return [known.get(slug) for slug in slugs]


def candidates(text: str, *, besides: Sequence[str], today: date, limit: int = 8) -> list[Listing]:
    """Products recognised today that answer the words and are not in the table yet."""
    asked = Question(today=today, text=text)
    found: QuerySet[Listing] = catalogue.matching(asked, provinces={})
    return list(found.exclude(slug__in=besides)[:limit])
