"""What the certificates of a product say, and what happened to them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ocop_portal.journal.models import Entry
from promotion.domain.recognition import Change
from registry.domain.clock import legal_day
from registry.models import Product
from scoring.domain.certificate_states import CertificateState
from scoring.models import Certificate, Rating

# What the journal says of a certificate, as the state that it came into; that a certificate gave
# way to another is told by the other's decision.
STATE_AFTER: Mapping[str, CertificateState] = {
    "scoring.certificate.suspended": CertificateState.SUSPENDED,
    "scoring.certificate.restored": CertificateState.VALID,
    "scoring.certificate.revoked": CertificateState.REVOKED,
}
IN_FORCE = frozenset({CertificateState.VALID, CertificateState.SUSPENDED})


def of_products(products: Iterable[Product]) -> dict[int, list[Certificate]]:
    """By product: every certificate, the newest first; the products are those given."""
    asked = {product.pk: product for product in products}
    rows = Certificate.objects.filter(product__in=asked).order_by("-issued_on", "-id")
    found: dict[int, list[Certificate]] = defaultdict(list)
    for each in rows.select_related("rating__dossier").prefetch_related("product_set"):
        each.product = asked[each.product_id]
        found[each.product_id].append(each)
    return found


def current(held: Sequence[Certificate]) -> Certificate:
    """The newest one in force; where none is, the newest that there was."""
    in_force = (each for each in held if each.state in IN_FORCE)
    return next(in_force, held[0])


def changes_of(held: Sequence[Certificate]) -> dict[int, list[Change]]:
    """The changes of state of these certificates by their key, in the order they happened."""
    entries = Entry.objects.filter(
        subject_type=Certificate._meta.label_lower,
        subject_id__in=[each.pk for each in held],
        kind__in=STATE_AFTER,
    )
    found: dict[int, list[Change]] = defaultdict(list)
    for subject_id, kind, at in entries.order_by("at", "id").values_list(
        "subject_id", "kind", "at"
    ):
        found[subject_id].append(Change(legal_day(at), STATE_AFTER[kind]))
    return dict(found)


def awaits_the_centre(certificate: Certificate) -> bool:
    """Whether the province's mean reached the highest band and the centre has not decided yet."""
    rating = certificate.rating
    if rating is None or not rating.potential_five:
        return False
    later = Rating.objects.filter(dossier=rating.dossier_id, concluded_at__gt=rating.concluded_at)
    return not later.exists()
