"""Certificates with the papers behind them, and what the public sees of them.

The papers are rows, not a walk through the cycle: these tests are about what comes after.
"""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from cycle.models import Dossier, Enrolment, Round
from ocop_portal.accounts.models import User
from ocop_portal.journal.services import record
from promotion.models import Listing, Recognition
from promotion.services import listings
from registry.domain.clock import LEGAL_ZONE
from registry.domain.regime import Division, Level
from registry.models import Product, ProductSet, Unit
from scoring.domain.short_code import new_code
from scoring.domain.validity import valid_until
from scoring.models import (
    AgendaItem,
    Certificate,
    Council,
    Decision,
    Rating,
    RubricEdition,
    Session,
)
from tests.factories import registry

NOW, TODAY = registry.NOW, registry.TODAY
DECIDED = date(2026, 3, 2)
_numbers = count(1)


def moment(day: date) -> datetime:
    """Ten in the morning of a day in Vietnam."""
    return datetime.combine(day, time(10), tzinfo=LEGAL_ZONE)


def certificate(
    product: Product | None = None,
    *,
    stars: int = 3,
    issued_on: date = DECIDED,
    product_set: ProductSet | None = None,
    **fields: Any,
) -> Certificate:
    """A certificate for 36 months; nobody has been told of it."""
    product = product or registry.product()
    chosen = product_set or product.classifications.order_by("regime")[0].product_set
    rating = _rating(product, chosen, stars, fields.pop("potential_five", False))
    decision = _decision(product, issued_on)
    number = next(_numbers)
    facts: dict[str, Any] = {
        "number": f"{number:04d}/{issued_on.year}/GCN-OCOP",
        "code": code(number),
        "regime": chosen.regime,
        "level": Level.PROVINCE,
        "unit": _province(product),
        "product_set": chosen,
        "product_name": product.name,
        "subject_name": product.subject.name,
        "set_name": chosen.name,
        "valid_until": valid_until(issued_on, 36),
        "state_changed_at": moment(issued_on),
        **fields,
    }
    return Certificate.objects.create(
        rating=rating,
        decision=decision,
        product=product,
        stars=stars,
        issued_on=issued_on,
        **facts,
    )


def code(number: int) -> str:
    """A valid public code that belongs to a number."""
    digits = iter([*_digits(number, 29, 11)])
    return new_code(lambda _base: next(digits))


def _digits(number: int, base: int, places: int) -> list[int]:
    found = []
    for _place in range(places):
        number, digit = divmod(number, base)
        found.append(digit)
    return found


def listing(product: Product | None = None, **facts: Any) -> Listing:
    """A product with a certificate, listed as the announcement of it would."""
    held = certificate(product, **facts)
    found = listings.refresh(held.product, at=NOW)
    assert found is not None
    return found


def change(held: Certificate, word: str, *, on: date = TODAY) -> Listing:
    """What the authority decided about a certificate, written and announced."""
    state = "valid" if word == "restored" else word
    Certificate.objects.filter(pk=held.pk).update(state=state, state_changed_at=moment(on))
    record(f"scoring.certificate.{word}", subject=held, actor=None, at=moment(on))
    found = listings.refresh(held.product, at=moment(on))
    assert found is not None
    return found


def _rating(product: Product, chosen: ProductSet, stars: int, potential: bool) -> Rating:
    clerk, dossier = _clerk(), _dossier(product, chosen)
    edition, _made = RubricEdition.objects.get_or_create(
        regime=chosen.regime,
        set_number=chosen.number,
        defaults={
            "product_set": chosen,
            "name": chosen.name,
            "title": chosen.name,
            "content": {},
            "content_hash": f"{chosen.pk:064d}",
            "structure_hash": f"{chosen.pk:064d}",
            "created_at": NOW,
        },
    )
    session = _session(product, clerk)
    item = AgendaItem.objects.create(
        session=session, dossier=dossier, edition=edition, order=session.items.count() + 1
    )
    return Rating.objects.create(
        dossier=dossier,
        item=item,
        regime=chosen.regime,
        level=Level.PROVINCE,
        unit=_province(product),
        edition=edition,
        edition_hash=edition.content_hash,
        points=80,
        sheets=1,
        band=stars,
        stars=stars,
        standing_stars=stars,
        outcome="forwarded" if potential else "recognised",
        potential_five=potential,
        concluded_at=NOW,
        concluded_by=clerk,
    )


def _dossier(product: Product, chosen: ProductSet) -> Dossier:
    season, _made = Round.objects.get_or_create(
        name=f"Đợt thử {chosen.regime}",
        unit=_province(product),
        year=2026,
        regime=chosen.regime,
        defaults={
            "division": Division.TWO_TIER,
            "opens_on": date(2026, 1, 1),
            "closes_on": date(2026, 12, 31),
            "opened_at": NOW,
        },
    )
    enrolment = Enrolment.objects.create(
        product=product,
        round=season,
        kind="first",
        regime=chosen.regime,
        product_set=chosen,
        commune=product.commune,
        step="promotion",
        opened_at=NOW,
        ended_at=NOW,
    )
    return Dossier.objects.create(
        enrolment=enrolment,
        kind="first",
        regime=chosen.regime,
        product_set=chosen,
        state="recognised",
        level=Level.PROVINCE,
        created_at=NOW,
    )


def _session(product: Product, clerk: User) -> Session:
    council, _made = Council.objects.get_or_create(
        name="Hội đồng thử",
        unit=_province(product),
        defaults={
            "level": Level.PROVINCE,
            "decision_number": f"{next(_numbers)}/QĐ",
            "decided_on": date(2026, 1, 5),
            "starts_on": date(2026, 1, 5),
            "appointed_at": NOW,
            "appointed_by": clerk,
        },
    )
    found, _made = Session.objects.get_or_create(
        council=council,
        defaults={
            "called_at": NOW,
            "called_by": clerk,
            "starts_at": NOW + timedelta(days=3),
            "place": "Thái Nguyên",
        },
    )
    return found


def _decision(product: Product, decided_on: date) -> Decision:
    clerk = _clerk()
    return Decision.objects.create(
        level=Level.PROVINCE,
        unit=_province(product),
        number=f"{next(_numbers)}/QĐ-UBND",
        year=decided_on.year,
        decided_on=decided_on,
        title="Công nhận sản phẩm OCOP",
        state="signed",
        signer=clerk,
        signer_name="Hoàng Sơn",
        signer_title="Phó Chủ tịch",
        signed_at=moment(decided_on),
        drafted_at=moment(decided_on),
        drafted_by=clerk,
    )


def _province(product: Product) -> Unit:
    found = product.commune.province
    assert found is not None
    return found


def _clerk() -> User:
    found = User.objects.filter(email="van-thu@ocop.example").first()
    return found or registry.person("Văn thư", email="van-thu@ocop.example")


def many(number: int, *, name: str = "Chè") -> list[Listing]:
    """So many listings of one subject, all but the first copied in bulk: for counts and costs."""
    first = listing(registry.product(name=f"{name} 0"))
    products = Product.objects.bulk_create(
        copy(first.product, name=f"{name} {place}", code="") for place in range(1, number)
    )
    copies = Listing.objects.bulk_create(
        copy(first, product=product, name=product.name, slug=f"che-{product.pk}")
        for product in products
    )
    span = first.recognitions.get()
    Recognition.objects.bulk_create(copy(span, listing=each) for each in copies)
    return [first, *copies]


def copy(row: Any, **changes: Any) -> Any:
    """A row like this one, not saved yet."""
    columns = {field.attname for field in row._meta.concrete_fields if not field.primary_key}
    fields = {name: getattr(row, name) for name in columns}
    for name in changes:
        fields.pop(f"{name}_id", None)
    return type(row)(**{**fields, **changes})
