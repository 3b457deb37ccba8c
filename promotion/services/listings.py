"""Public listings: kept in step with the certificates, withheld and shown again."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.models import Listing
from promotion.permissions import may_withhold
from promotion.selectors import certificates
from promotion.selectors.standing import province_of
from promotion.services import kept_pages, recognitions
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import fold, slug, sort_key, term
from registry.models import Product, Unit
from registry.selectors import former_units_of
from registry.selectors.unit_changes import moves_of
from scoring.models import Certificate

SLUG_LENGTH = 100


@transaction.atomic
def refresh(product: Product, *, at: datetime, without: int | None = None) -> Listing | None:
    """Makes the product's listing and its days of recognition say what its certificates say.

    The row is derived, so repeating this changes nothing. A product that never had a certificate
    has no listing: None. `without` names a certificate that is about to be deleted.
    """
    held = [each for each in certificates.of_product(product) if each.pk != without]
    if not held:
        return None
    current = certificates.current(held)
    fields = _public_fields(product, current)
    listing, _made = Listing.objects.update_or_create(
        product=product,
        defaults=fields,
        create_defaults={
            **fields,
            "slug": f"{slug(current.product_name)[:SLUG_LENGTH]}-{product.pk}".lstrip("-"),
            "published_at": at,
        },
    )
    recognitions.write([(listing, held)])
    return listing


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


def _public_fields(product: Product, current: Certificate) -> dict[str, object]:
    """The names are those that the decision recognised, whatever the register says today."""
    province = province_of(product.commune)
    return {
        "certificate": current,
        "subject": product.subject,
        "province": province,
        "commune": product.commune,
        "name": current.product_name,
        "subject_name": current.subject_name,
        "set_name": current.set_name,
        "group": slug(current.product_set.industry),
        "group_name": current.product_set.industry,
        "regime": current.regime,
        "stars": current.stars,
        "potential_five": certificates.awaits_the_centre(current),
        "state": current.state,
        "issued_on": current.issued_on,
        "valid_until": current.valid_until,
        "search_text": _search_text(product, current, province),
        "sort_key": sort_key(current.product_name),
    }


def _search_text(product: Product, current: Certificate, province: Unit) -> str:
    """Names of today and of before, so that a visitor finds the product under either."""
    places = [product.commune.search_text, province.search_text]
    if product.former_commune:
        places.append(product.former_commune.search_text)
    else:
        places += former_units_of(product.commune).values_list("search_text", flat=True)
    places += [move.before.search_text for move in moves_of(product)]
    words = (
        current.product_name,
        current.subject_name,
        current.set_name,
        product.code,
        product.name,
        product.subject.name,
    )
    return " ".join(dict.fromkeys([*(fold(word) for word in words), *places]))
