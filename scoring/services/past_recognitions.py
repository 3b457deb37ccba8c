"""Recognitions that an authority decided before the portal, recorded from its register.

Such a certificate has a decision with number and date, but no sheets and no rating: nobody scored
it here, and nothing here pretends so. It says that it was recorded, gets no document of the
portal, and the recheck holds it against its decision alone.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ocop_portal import many_rows
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import term
from registry.models import Product, ProductSet, Unit
from registry.permissions import may_enter_register_of
from registry.selectors import regime_in_force
from scoring import signals
from scoring.domain.certificate_states import CertificateState
from scoring.domain.decision_states import DecisionState
from scoring.domain.validity import valid_until
from scoring.models import Certificate, Decision
from scoring.services import certificates, past_decisions

RECOGNISED = range(3, 6)


@dataclass(frozen=True)
class PastRecognition:
    """What a register says of one recognition; without `ends_on` it lasts as its regime says."""

    product: Product
    stars: int
    number: str
    decided_on: date
    level: Level
    unit: Unit
    product_set: ProductSet
    ends_on: date | None = None


@dataclass(frozen=True)
class Recorded:
    """The certificate of a recognition, and whether the portal did not hold it before."""

    certificate: Certificate
    is_new: bool


def record(
    product: Product,
    *,
    stars: int,
    number: str,
    decided_on: date,
    level: Level,
    unit: Unit,
    product_set: ProductSet,
    ends_on: date | None = None,
    by: User,
    at: datetime,
) -> Certificate:
    """The certificate that this decision gave; recorded again, the same one.

    The regime is the one in force on the day of the decision; without `ends_on` it lasts for the
    months of that regime. It gives way to a later certificate of the product, and earlier ones
    give way to it. Refused: a star that is no recognition, a day to come, a number that the
    register holds with another date, a decision that was signed in the portal without it.
    """
    past = PastRecognition(product, stars, number, decided_on, level, unit, product_set, ends_on)
    return record_many([past], by=by, at=at)[0].certificate


@transaction.atomic
def record_many(pasts: Sequence[PastRecognition], *, by: User, at: datetime) -> list[Recorded]:
    """Many at once, in their order: what is refused of one keeps all of them out."""
    on = legal_day(at)
    require(may_enter_register_of(by, [past.product.commune for past in pasts], on=on))
    for past in pasts:
        _check(past.stars, past.decided_on, past.ends_on, on=on)
    known = past_decisions.enter_many(
        [(past.unit, past.level, past.number, past.decided_on) for past in pasts], by=by, at=at
    )
    decisions = [
        known[past_decisions.key_of(past.unit, past.decided_on, past.number)] for past in pasts
    ]
    held = {
        (each.decision_id, each.product_id): each
        for each in Certificate.objects.filter(
            decision__in={each.pk for each in decisions},
            product__in={past.product.pk for past in pasts},
        ).select_related("decision")
    }
    new = _new(list(zip(pasts, decisions, strict=True)), held, at)
    _write([certificate for certificate, is_new in new if is_new], by, at)
    return [Recorded(certificate, is_new) for certificate, is_new in new]


def _new(
    asked: Sequence[tuple[PastRecognition, Decision]],
    held: dict[tuple[int, int], Certificate],
    at: datetime,
) -> list[tuple[Certificate, bool]]:
    """For each the certificate that is held already, or one that is to be written."""
    codes = iter(certificates.unused_codes(len(asked)))
    places = past_decisions.last_places({decision.pk for _past, decision in asked})
    found = []
    for past, decision in asked:
        known = held.get((decision.pk, past.product.pk))
        if known is not None:
            found.append((_same(known, past.stars), False))
            continue
        if decision.status is not DecisionState.RECORDED:
            raise RuleBroken(
                "past.not_in_decision",
                term("Quyết định %(number)s đã ký trên cổng và không có sản phẩm này."),
                field="number",
                number=past.number,
            )
        places[decision.pk] += 1
        number = f"{decision.number}/{decision.year}-{places[decision.pk]:04d}"
        certificate = _certificate(past, decision, number, next(codes), at)
        held[decision.pk, past.product.pk] = certificate
        found.append((certificate, True))
    return found


def _certificate(
    past: PastRecognition, decision: Decision, number: str, code: str, at: datetime
) -> Certificate:
    law, product = regime_in_force(past.decided_on), past.product
    return Certificate(
        number=number,
        code=code,
        rating=None,
        decision=decision,
        regime=law.code,
        level=past.level,
        unit_id=past.unit.pk,
        product_id=product.pk,
        product_set_id=past.product_set.pk,
        product_name=product.name,
        product_code=product.code,
        subject_name=product.subject.name,
        subject_address=_address(product),
        set_name=past.product_set.name,
        stars=past.stars,
        issued_on=past.decided_on,
        valid_until=past.ends_on or valid_until(past.decided_on, law.certificate_months),
        state_changed_at=at,
    )


def _write(new: Sequence[Certificate], by: User, at: datetime) -> None:
    """Each gives way to the next later one of its product; earlier ones give way to it."""
    products = {each.product_id for each in new}
    earlier: dict[int, list[Certificate]] = defaultdict(list)
    rows = Certificate.objects.select_for_update(of=("self",)).filter(product__in=products)
    for each in rows.order_by("pk"):
        earlier[each.product_id].append(each)
    many_rows.write(new)
    tell("recorded", new, by, at)
    late = []
    current: list[Certificate] = []
    for each in new:
        later = [other for other in earlier[each.product_id] if other.issued_on > each.issued_on]
        if later:
            newer = min(later, key=lambda other: (other.issued_on, other.pk))
            each.state, each.superseded_by = CertificateState.SUPERSEDED, newer
            late.append(each)
        else:
            current.append(each)
        earlier[each.product_id].append(each)
    many_rows.set_values(
        Certificate,
        ("state", "superseded_by_id"),
        ((each.pk, each.state, each.superseded_by_id) for each in late),
    )
    certificates.supersede_older_many(current, earlier, by=by, at=at)
    signals.certificates_recorded.send(sender=Certificate, product_ids=sorted(products))


def _check(stars: int, decided_on: date, ends_on: date | None, *, on: date) -> None:
    if stars not in RECOGNISED:
        raise RuleBroken("past.stars", term("Chỉ hạng 3, 4, 5 sao được công nhận."), field="stars")
    if decided_on > on:
        raise RuleBroken("past.to_come", term("Ngày quyết định chưa tới."), field="decided_on")
    if ends_on is not None and ends_on <= decided_on:
        raise RuleBroken(
            "past.ends_first", term("Ngày hết hạn phải sau ngày quyết định."), field="ends_on"
        )


def _same(known: Certificate, stars: int) -> Certificate:
    if known.stars != stars:
        raise RuleBroken(
            "past.other_stars",
            term("Quyết định %(number)s đã có trong sổ với hạng %(stars)s sao."),
            field="stars",
            number=known.decision.number,
            stars=known.stars,
        )
    return known


def _address(product: Product) -> str:
    parts = (product.subject.address_line, product.subject.commune.long_name)
    return ", ".join(part for part in parts if part)


def tell(word: str, about: Sequence[Certificate], by: User, at: datetime) -> None:
    """Writes into the journal what became of recorded certificates."""
    journal.record_many(
        f"scoring.certificate.{word}",
        (
            (
                certificate,
                {
                    "number": certificate.number,
                    "product": certificate.product_name,
                    "product_id": certificate.product_id,
                    "stars": certificate.stars,
                    "decision": certificate.decision.number,
                },
            )
            for certificate in about
        ),
        actor=by,
        at=at,
    )
