"""Public listings: kept in step with the certificates, withheld and shown again."""

from collections.abc import Sequence, Set
from datetime import datetime
from operator import attrgetter

from django.db import transaction

from ocop_portal import many_rows
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.models import Listing
from promotion.permissions import may_withhold
from promotion.selectors import certificates
from promotion.services import kept_pages, recognitions
from promotion.services.public_fields import COLUMNS, PublicFields, slug_of
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.models import Product

# What a product must have at hand so that many cost no query each.
_AS_WRITTEN = attrgetter("pk", *COLUMNS)
WITH = ("subject__commune", "commune__parent__parent", "former_commune")


def refresh(product: Product, *, at: datetime) -> Listing | None:
    """Makes the product's listing and its days of recognition say what its certificates say.

    The row is derived, so repeating this changes nothing. A product that never had a certificate
    has no listing: None.
    """
    return refresh_many([product], at=at).get(product.pk)


@transaction.atomic
def refresh_many(
    products: Sequence[Product], *, at: datetime, without: Set[int] = frozenset()
) -> dict[int, Listing]:
    """The same of many at once; the listings by product.

    `without` names certificates that are about to be deleted.
    """
    held = {
        pk: [each for each in certified if each.pk not in without]
        for pk, certified in certificates.of_products(products).items()
    }
    listed = [product for product in products if held.get(product.pk)]
    rows = Listing.objects.select_for_update(of=("self",)).filter(product__in=listed)
    known = {listing.product_id: listing for listing in rows.order_by("pk")}
    public, found, changed = PublicFields(listed), dict[int, Listing](), []
    for product in listed:
        current = certificates.current(held[product.pk])
        fields = public.of(product, current)
        listing = known.get(product.pk)
        if listing is None:
            slug = slug_of(product, current)
            listing = Listing(slug=slug, published_at=at, product_id=product.pk, **fields)
        elif any(getattr(listing, name) != value for name, value in fields.items()):
            changed.append(listing)
            for name, value in fields.items():
                setattr(listing, name, value)
        found[product.pk] = listing
    many_rows.write(each for pk, each in found.items() if pk not in known)
    many_rows.set_values(Listing, COLUMNS, (_AS_WRITTEN(each) for each in changed))
    recognitions.write([(found[each.pk], each, held[each.pk]) for each in listed])
    return found


@transaction.atomic
def withhold(listing: Listing, *, reason: str, by: User, at: datetime) -> Listing:
    """Takes the page from the public; the recognition itself stands and can be verified."""
    require(may_withhold(by, listing.product, on=legal_day(at)))
    listing = Listing.objects.select_for_update().get(pk=listing.pk)
    if not reason.strip():
        raise RuleBroken("listing.needs_reason", term("Hãy ghi lý do ẩn trang."), field="reason")
    if listing.hidden:
        raise RuleBroken("listing.already_hidden", term("Trang này đang được ẩn rồi."))
    listing.hidden, listing.hidden_reason = True, reason.strip()
    listing.save(update_fields=["hidden", "hidden_reason"])
    kept_pages.forget_faces()
    record(
        "promotion.listing.withheld",
        subject=listing,
        actor=by,
        at=at,
        facts={"product": listing.product_id, "name": listing.name, "reason": reason.strip()},
    )
    return listing


@transaction.atomic
def show(listing: Listing, *, by: User, at: datetime) -> Listing:
    """Gives the page back to the public."""
    require(may_withhold(by, listing.product, on=legal_day(at)))
    listing = Listing.objects.select_for_update().get(pk=listing.pk)
    if not listing.hidden:
        raise RuleBroken("listing.not_hidden", term("Trang này đang được hiện rồi."))
    listing.hidden, listing.hidden_reason = False, ""
    listing.save(update_fields=["hidden", "hidden_reason"])
    kept_pages.forget_faces()
    record(
        "promotion.listing.shown",
        subject=listing,
        actor=by,
        at=at,
        facts={"product": listing.product_id, "name": listing.name},
    )
    return listing
