"""Public listings: kept in step with the certificates, withheld and shown again."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from django.db import transaction

from cycle.domain.journey import EnrolmentKind
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion import signals
from promotion.domain.recognition import Held, Turn, parted, spans_in_turn, turn_of
from promotion.models import Listing, Recognition
from promotion.permissions import may_withhold
from promotion.selectors import certificates
from promotion.selectors.standing import former_unit_of, forms_of, places_of
from promotion.services import kept_pages
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import fold, slug, sort_key, term
from registry.models import Product, Unit
from registry.selectors import former_units_of
from registry.selectors.unit_changes import moves_of
from scoring.models import Certificate

SLUG_LENGTH = 100
TURN_OF = {EnrolmentKind.FIRST: Turn.FIRST, EnrolmentKind.UPGRADE: Turn.UPGRADE}


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
    _write_recognitions(listing, held)
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
    province = _province_of(product.commune)
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


def _province_of(commune: Unit) -> Unit:
    province = commune.province
    if province is None or province.level != Level.PROVINCE:
        raise ValueError(f"commune {commune.path} lies in no province")
    return province


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


def _write_recognitions(listing: Listing, held: Sequence[Certificate]) -> None:
    """`held` comes the newest first, as selectors give it; turns are taken the oldest first."""
    in_turn = list(reversed(held))
    changes = certificates.changes_of(in_turn)
    runs = spans_in_turn(
        [
            Held(each.issued_on, each.valid_until, tuple(changes.get(each.pk, ())))
            for each in in_turn
        ]
    )
    forms, places = forms_of(listing.subject), places_of(listing.product)
    former = former_unit_of(listing.product, places)
    provinces = {*listing.recognitions.values_list("province", flat=True), listing.province_id}
    listing.recognitions.all().delete()
    rows = [
        Recognition(
            listing=listing,
            certificate=certificate,
            stars=certificate.stars,
            group=slug(certificate.product_set.industry),
            regime=certificate.regime,
            province=_province_of(places.on(part.starts_on)),
            commune=places.on(part.starts_on),
            former_unit=former,
            subject=listing.subject,
            subject_kind=forms.on(part.starts_on),
            level=certificate.level,
            turn=turns[certificate.pk],
            year=certificate.issued_on.year,
            starts_on=part.starts_on,
            ends_on=part.ends_on,
            ends_naturally=part.ends_on == certificate.valid_until,
        )
        for turns in [_turns(in_turn)]
        for certificate, found in zip(in_turn, runs, strict=True)
        for span in found
        for part in parted(span, (*forms.changed_on, *places.changed_on))
    ]
    rows.sort(key=lambda row: row.starts_on)
    for row, following in pairwise(rows):
        row.next_starts_on = following.starts_on
    Recognition.objects.bulk_create(rows)
    for province in sorted(provinces):
        signals.recognitions_changed.send(
            sender=Recognition, product_id=listing.product_id, province_id=province
        )


def _turns(in_turn: Sequence[Certificate]) -> dict[int, str]:
    """By certificate: as its dossier was filed; of one from before the portal, by the stars."""
    found: dict[int, str] = {}
    before: int | None = None
    for certificate in in_turn:
        turn = turn_of(certificate.stars, before)
        if certificate.rating is not None:
            turn = TURN_OF.get(EnrolmentKind(certificate.rating.dossier.kind), Turn.RENEWAL)
        found[certificate.pk] = turn.value
        before = certificate.stars
    return found
