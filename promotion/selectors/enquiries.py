"""Buyers' enquiries: by their code for who sent them, as an inbox for the producers."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from promotion.domain.enquiries import Wanted
from promotion.models import Enquiry, EnquiryPart, Listing
from promotion.selectors import pages
from registry.domain.errors import RuleBroken
from registry.selectors import standing_of
from registry.selectors.people import Person
from scoring.domain.short_code import read_code


def parts() -> QuerySet[EnquiryPart]:
    rows = EnquiryPart.objects.select_related("enquiry", "subject", "owner")
    return rows.prefetch_related("lines__product").order_by("due_on", "id")


def visible_parts(user: Person, on: date) -> QuerySet[EnquiryPart]:
    """Those of the subjects that the person works for; no office reads them."""
    return parts().filter(subject__in=standing_of(user, on).subject_ids)


def enquiry_of_code(code: str) -> Enquiry | None:
    """The enquiry of a code as somebody typed it; None where there is none."""
    try:
        rows = Enquiry.objects.prefetch_related("parts__subject", "parts__lines__product")
        return rows.filter(code=read_code(code)).first()
    except RuleBroken:
        return None


def askable(products: Sequence[int]) -> list[Listing]:
    """The public products of a list in its order."""
    if not products:
        return []
    rows = pages.with_page().filter(product__in=products)
    known = {listing.product_id: listing for listing in rows}
    return [known[product] for product in products if product in known]


def wanted(listings: Sequence[Listing], amounts: Mapping[int, str]) -> list[Wanted]:
    """What is asked of whom, with the amounts by product."""
    return [
        Wanted(
            listing.product_id,
            listing.product.subject_id,
            amounts.get(listing.product_id, ""),
        )
        for listing in listings
    ]
