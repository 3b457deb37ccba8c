"""Rows of the public endpoints as plain values."""

from datetime import date
from typing import Any

from promotion.models import Listing, SoldAt, Story
from scoring.domain.certificate_states import CertificateState, status_on
from scoring.models import Certificate
from scoring.selectors.certificates import authorities_of

# API name ← column; read by `.values()`, so a list costs no model instances.
COLUMNS = {
    "id": "product_id",
    "slug": "slug",
    "name": "name",
    "subject": "subject_name",
    "product_set": "set_name",
    "group": "group",
    "regime": "regime",
    "stars": "stars",
    "potential_five": "potential_five",
    "province": "province__code",
    "province_name": "province__name",
    "commune": "commune__code",
    "commune_name": "commune__name",
    "issued_on": "issued_on",
    "valid_until": "valid_until",
}


def product(
    listing: Listing,
    *,
    story: Story | None,
    certificates: list[Certificate],
    places: list[SoldAt],
    pictures: list[dict[str, Any]],
    on: date,
) -> dict[str, Any]:
    """Everything public of one product."""
    found = listing.product
    status = status_on(CertificateState(listing.state), listing.valid_until, on)
    return {
        "id": found.pk,
        "slug": listing.slug,
        "name": listing.name,
        "subject": listing.subject_name,
        "product_set": listing.set_name,
        "group": listing.group,
        "regime": listing.regime,
        "stars": listing.stars,
        "potential_five": listing.potential_five,
        "province": listing.province.code,
        "province_name": listing.province.name,
        "commune": listing.commune.code,
        "commune_name": listing.commune.name,
        "issued_on": listing.issued_on,
        "valid_until": listing.valid_until,
        "status": status.value,
        "product_code": found.code,
        "summary": found.summary,
        "description": found.description,
        "packaging": found.packaging,
        "price_from": found.price_from,
        "price_to": found.price_to,
        "availability": found.availability,
        "pictures": pictures,
        "story": _story(story),
        "certificates": certificates_shown(certificates, on=on),
        "places": [_place(sold) for sold in places],
    }


def certificates_shown(found: list[Certificate], *, on: date) -> list[dict[str, Any]]:
    """What each certificate says and what it is worth on a day."""
    authorities = authorities_of(found)
    return [_certificate(each, authorities[each.pk], on) for each in found]


def _certificate(found: Certificate, authority: str, on: date) -> dict[str, Any]:
    return {
        "code": found.code,
        "number": found.number,
        "status": found.status_on(on).value,
        "product": found.product_name,
        "product_code": found.product_code,
        "subject": found.subject_name,
        "product_set": found.set_name,
        "regime": found.regime,
        "stars": found.stars,
        "issued_on": found.issued_on,
        "valid_until": found.valid_until,
        "decision_number": found.decision.number,
        "decided_on": found.decision.decided_on,
        "authority": authority,
        "superseded_by": found.superseded_by.code if found.superseded_by else None,
        "sha256": found.sha256,
    }


def _story(story: Story | None) -> dict[str, str] | None:
    if story is None:
        return None
    names = ("title_vi", "body_vi", "title_en", "body_en")
    return {name: getattr(story, name) for name in names}


def _place(sold: SoldAt) -> dict[str, str]:
    point = sold.point
    parts = (point.address_line, point.commune.long_name if point.commune else "")
    return {
        "name": point.name,
        "kind": point.kind,
        "address": ", ".join(part for part in parts if part),
        "website": point.website,
    }
