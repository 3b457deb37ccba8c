"""Recognitions that an authority decided before the portal, recorded from its register.

Such a certificate has a decision with number and date, but no sheets and no rating: nobody scored
it here, and nothing here pretends so. It says that it was recorded, gets no document of the
portal, and the recheck holds it against its decision alone.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import term
from registry.models import Product, ProductSet, Unit
from registry.permissions import may_enter_register
from registry.selectors import regime_in_force
from scoring import signals
from scoring.domain.certificate_states import CertificateState
from scoring.domain.decision_states import DecisionState
from scoring.domain.validity import valid_until
from scoring.models import Certificate, Decision
from scoring.services import certificates

RECOGNISED = range(3, 6)


@transaction.atomic
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
    require(may_enter_register(by, product.commune, on=legal_day(at)))
    _check(stars, decided_on, ends_on, on=legal_day(at))
    decision = _decision(number, decided_on, (level, unit), by=by, at=at)
    known = Certificate.objects.filter(decision=decision, product=product).first()
    if known is not None:
        return _same(known, stars)
    if decision.status is not DecisionState.RECORDED:
        raise RuleBroken(
            "past.not_in_decision",
            term("Quyết định %(number)s đã ký trên cổng và không có sản phẩm này."),
            field="number",
            number=number,
        )
    law = regime_in_force(decided_on)
    later = Certificate.objects.filter(product=product, issued_on__gt=decided_on)
    newer = later.order_by("issued_on", "pk").first()
    certificate = Certificate.objects.create(
        number=_number(decision),
        code=certificates.unused_code(),
        rating=None,
        decision=decision,
        regime=law.code,
        level=level,
        unit=unit,
        product=product,
        product_set=product_set,
        product_name=product.name,
        product_code=product.code,
        subject_name=product.subject.name,
        subject_address=_address(product),
        set_name=product_set.name,
        stars=stars,
        issued_on=decided_on,
        valid_until=ends_on or valid_until(decided_on, law.certificate_months),
        state=CertificateState.SUPERSEDED if newer else CertificateState.VALID,
        superseded_by=newer,
        state_changed_at=at,
    )
    _journal("recorded", certificate, by, at)
    if newer is None:
        certificates.supersede_older(certificate, by=by, at=at)
    signals.certificate_issued.send(
        sender=Certificate, certificate_id=certificate.pk, product_id=product.pk, stars=stars
    )
    return certificate


@transaction.atomic
def take_back(certificate: Certificate, *, by: User, at: datetime) -> None:
    """Unmakes what `record` made, as if the line had not stood in the register.

    What had given way to it stands again. Refused: a certificate of the portal, one about which
    something was decided, inspected or reported since, one that took another's place here.
    """
    current = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    require(may_enter_register(by, current.product.commune, on=legal_day(at)))
    if not current.is_recorded:
        raise RuleBroken("past.not_recorded", term("Giấy này do cổng cấp, không gỡ được."))
    if current.state not in {CertificateState.VALID, CertificateState.SUPERSEDED}:
        raise _in_use(current)
    given_way = list(current.supersedes.order_by("pk"))
    if any(not each.is_recorded or each.measures.exists() for each in given_way):
        raise _in_use(current)
    for each in given_way:
        _reinstate(each, current, by, at)
    _journal("taken_back", current, by, at)
    signals.certificate_taken_back.send(
        sender=Certificate, certificate_id=current.pk, product_id=current.product_id
    )
    decision = current.decision
    try:
        with transaction.atomic():
            current.delete()
    except ProtectedError as error:
        raise _in_use(current) from error
    if not decision.certificates.exists():
        decision.delete()


def _reinstate(older: Certificate, removed: Certificate, by: User, at: datetime) -> None:
    """Stands again, or gives way to the one that had followed the removed one."""
    if removed.superseded_by_id is None:
        certificates.reinstate(older, by=by, at=at)
    else:
        Certificate.objects.filter(pk=older.pk).update(superseded_by=removed.superseded_by_id)


def _check(stars: int, decided_on: date, ends_on: date | None, *, on: date) -> None:
    if stars not in RECOGNISED:
        raise RuleBroken("past.stars", term("Chỉ hạng 3, 4, 5 sao được công nhận."), field="stars")
    if decided_on > on:
        raise RuleBroken("past.to_come", term("Ngày quyết định chưa tới."), field="decided_on")
    if ends_on is not None and ends_on <= decided_on:
        raise RuleBroken(
            "past.ends_first", term("Ngày hết hạn phải sau ngày quyết định."), field="ends_on"
        )


def _decision(
    number: str, decided_on: date, authority: tuple[Level, Unit], *, by: User, at: datetime
) -> Decision:
    level, unit = authority
    decision, is_new = Decision.objects.get_or_create(
        unit=unit,
        year=decided_on.year,
        number=number,
        defaults={
            "level": level,
            "decided_on": decided_on,
            "title": term("Công nhận sản phẩm OCOP"),
            "state": DecisionState.RECORDED,
            "drafted_at": at,
            "drafted_by": by,
        },
    )
    if decision.decided_on != decided_on:
        raise RuleBroken(
            "past.other_day",
            term("Quyết định %(number)s đã có trong sổ với ngày %(day)s."),
            field="decided_on",
            number=number,
            day=f"{decision.decided_on:%d/%m/%Y}",
        )
    if is_new:
        journal.record(
            "scoring.decision.recorded",
            subject=decision,
            actor=by,
            at=at,
            facts={"number": number, "decided_on": decided_on.isoformat()},
        )
    return decision


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


def _number(decision: Decision) -> str:
    """No running number is known from the register: the decision's, and the place in it."""
    given = decision.certificates.order_by("-pk").values_list("number", flat=True).first()
    place = int(given.rpartition("-")[2]) + 1 if given else 1
    return f"{decision.number}/{decision.year}-{place:04d}"


def _address(product: Product) -> str:
    parts = (product.subject.address_line, product.subject.commune.long_name)
    return ", ".join(part for part in parts if part)


def _in_use(certificate: Certificate) -> RuleBroken:
    return RuleBroken(
        "past.in_use",
        term("Giấy %(number)s của %(product)s đã được dùng sau khi nhập nên không gỡ được."),
        number=certificate.number,
        product=certificate.product_name,
    )


def _journal(word: str, certificate: Certificate, by: User, at: datetime) -> None:
    journal.record(
        f"scoring.certificate.{word}",
        subject=certificate,
        actor=by,
        at=at,
        facts={
            "number": certificate.number,
            "product": certificate.product_name,
            "product_id": certificate.product_id,
            "stars": certificate.stars,
            "decision": certificate.decision.number,
        },
    )
