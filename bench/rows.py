"""Rows by the thousand, made in bulk: for costs, not for meaning.

One decision and one rating stand behind every certificate; names, places, sets, stars and dates
are spread so that every filter leaves something.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice

from django.db import transaction

from cycle.models import Dossier, Enrolment, Round
from ocop_portal.accounts.models import User
from promotion.models import Listing, Recognition
from registry.domain.regime import Division, Level
from registry.domain.text import fold, slug, sort_key
from registry.models import Product, ProductSet, Subject, Unit
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

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
FIRST_DAY = date(2022, 1, 10)
WORDS = ("Chè", "Mật ong", "Gạo", "Nước mắm", "Cà phê", "Bưởi", "Tinh dầu", "Lụa", "Hoa", "Cá khô")
PLACES = ("Tân Cương", "Bạch Mai", "Sông Hinh", "Đầm Dơi", "Mường Lò", "Phú Quốc", "Bảo Lộc")
STARS = (3, 3, 3, 3, 3, 3, 4, 4, 4, 5)
BATCH = 1000


@transaction.atomic
def fill(count: int) -> None:
    """So many listed products with their certificates; units and sets must be there."""
    communes = list(
        Unit.objects.filter(division=Division.TWO_TIER, level=Level.COMMUNE)
        .select_related("parent")
        .order_by("path")
    )
    sets = list(ProductSet.objects.filter(regime__in=("2019", "2026")).order_by("regime", "number"))
    clerk = User.objects.create_user("van-thu@ocop.example", None, full_name="Văn thư")
    subjects = _subjects(count // 3 + 1, communes)
    products = _products(count, subjects)
    rating, decision = _papers(products[0], sets[0], clerk)
    certificates = _certificates(products, sets, rating, decision)
    listings = _listings(certificates)
    Recognition.objects.bulk_create(
        (_recognition(listing) for listing in listings), batch_size=BATCH
    )


def _subjects(count: int, communes: Sequence[Unit]) -> list[Subject]:
    return Subject.objects.bulk_create(
        (
            Subject(
                name=f"Hợp tác xã {place} {number}",
                kind="cooperative",
                representative_name="Nguyễn Thị Lan",
                phone="0208 385 6789",
                commune=commune,
                created_at=NOW,
                search_text=fold(f"Hợp tác xã {place} {number}"),
            )
            for number, place, commune in zip(
                range(count), cycle(PLACES), cycle(communes), strict=False
            )
        ),
        batch_size=BATCH,
    )


def _products(count: int, subjects: Sequence[Subject]) -> list[Product]:
    rows = zip(range(count), cycle(WORDS), cycle(PLACES), cycle(subjects), strict=False)
    return Product.objects.bulk_create(
        (
            Product(
                subject=subject,
                name=f"{word} {place} {number}",
                summary="Làm theo lối cũ của làng",
                commune=subject.commune,
                created_at=NOW,
                search_text=fold(f"{word} {place} {number}"),
                slug=slug(f"{word} {place} {number}"),
                price_from=50_000 + number,
            )
            for number, word, place, subject in rows
        ),
        batch_size=BATCH,
    )


def _papers(product: Product, chosen: ProductSet, clerk: User) -> tuple[Rating, Decision]:
    """One walk from round to decision, as rows."""
    unit = product.commune.parent or product.commune
    season = Round.objects.create(
        name="Đợt đo",
        regime=chosen.regime,
        division=Division.TWO_TIER,
        unit=unit,
        year=2026,
        opens_on=date(2026, 1, 1),
        closes_on=date(2026, 12, 31),
        opened_at=NOW,
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
    )
    dossier = Dossier.objects.create(
        enrolment=enrolment,
        kind="first",
        regime=chosen.regime,
        product_set=chosen,
        state="recognised",
        level=Level.PROVINCE,
        created_at=NOW,
    )
    edition = RubricEdition.objects.create(
        regime=chosen.regime,
        set_number=chosen.number,
        product_set=chosen,
        name=chosen.name,
        title=chosen.name,
        content={},
        content_hash="0" * 64,
        structure_hash="0" * 64,
        created_at=NOW,
    )
    council = Council.objects.create(
        name="Hội đồng đo",
        level=Level.PROVINCE,
        unit=unit,
        decision_number="1/QĐ",
        decided_on=date(2026, 1, 5),
        starts_on=date(2026, 1, 5),
        appointed_at=NOW,
        appointed_by=clerk,
    )
    session = Session.objects.create(
        council=council, called_at=NOW, called_by=clerk, starts_at=NOW, place="Hà Nội"
    )
    item = AgendaItem.objects.create(session=session, dossier=dossier, edition=edition, order=1)
    rating = Rating.objects.create(
        dossier=dossier,
        item=item,
        regime=chosen.regime,
        level=Level.PROVINCE,
        unit=unit,
        edition=edition,
        edition_hash=edition.content_hash,
        points=80,
        sheets=1,
        band=4,
        stars=4,
        standing_stars=4,
        outcome="recognised",
        concluded_at=NOW,
        concluded_by=clerk,
    )
    decision = Decision.objects.create(
        level=Level.PROVINCE,
        unit=unit,
        number="1/QĐ-UBND",
        year=2026,
        decided_on=date(2026, 2, 2),
        title="Công nhận",
        state="signed",
        signer=clerk,
        signer_name="Hoàng Sơn",
        signer_title="Phó Chủ tịch",
        signed_at=NOW,
        drafted_at=NOW,
        drafted_by=clerk,
    )
    return rating, decision


def _certificates(
    products: Sequence[Product], sets: Sequence[ProductSet], rating: Rating, decision: Decision
) -> list[Certificate]:
    rows = zip(products, cycle(sets), cycle(STARS), strict=False)
    return Certificate.objects.bulk_create(
        (
            _certificate(place, product, chosen, rating=rating, stars=stars, decision=decision)
            for place, (product, chosen, stars) in enumerate(rows)
        ),
        batch_size=BATCH,
    )


def _certificate(
    place: int,
    product: Product,
    chosen: ProductSet,
    *,
    stars: int,
    rating: Rating,
    decision: Decision,
) -> Certificate:
    issued_on = FIRST_DAY + timedelta(days=place * 397 % 1700)
    return Certificate(
        number=f"{place:06d}/GCN-OCOP",
        code=_code(place),
        rating=rating,
        decision=decision,
        regime=chosen.regime,
        level=Level.PROVINCE,
        unit=decision.unit,
        product=product,
        product_set=chosen,
        product_name=product.name,
        subject_name=product.subject.name,
        set_name=chosen.name,
        stars=stars,
        issued_on=issued_on,
        valid_until=valid_until(issued_on, 36),
        state_changed_at=NOW,
    )


def _listings(certificates: Sequence[Certificate]) -> list[Listing]:
    return Listing.objects.bulk_create((_listing(each) for each in certificates), batch_size=BATCH)


def _listing(certificate: Certificate) -> Listing:
    product = certificate.product
    commune = product.commune
    words = (product.name, product.subject.name, certificate.set_name)
    industry = certificate.product_set.industry
    return Listing(
        product=product,
        certificate=certificate,
        subject=product.subject,
        province=commune.parent,
        commune=commune,
        slug=f"{product.slug}-{product.pk}",
        name=product.name,
        subject_name=product.subject.name,
        set_name=certificate.set_name,
        group=slug(industry),
        group_name=industry,
        regime=certificate.regime,
        stars=certificate.stars,
        state=certificate.state,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        search_text=" ".join([*(fold(word) for word in words), commune.search_text]),
        sort_key=sort_key(product.name),
        published_at=NOW,
    )


def _recognition(listing: Listing) -> Recognition:
    return Recognition(
        listing=listing,
        certificate=listing.certificate,
        stars=listing.stars,
        group=listing.group,
        regime=listing.regime,
        province=listing.province,
        subject=listing.subject,
        commune=listing.commune,
        subject_kind="cooperative",
        level=Level.PROVINCE,
        turn="first",
        year=listing.issued_on.year,
        starts_on=listing.issued_on,
        ends_on=listing.valid_until,
    )


def _code(number: int) -> str:
    """A valid public code that belongs to a number."""
    digits = []
    rest = number
    for _place in range(11):
        rest, digit = divmod(rest, 29)
        digits.append(digit)
    places = islice(digits, 11)
    return new_code(lambda _base: next(places))
