"""The register of points of sale: who keeps it, what is refused, which products stand there."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ocop_portal.accounts.models import User
from ocop_portal.journal import notices
from ocop_portal.journal.models import Entry
from promotion.domain.sales import OfferState, PlaceKind
from promotion.models import PointOfSale, SoldAt
from promotion.selectors import pages, points
from promotion.services import point_register, points_of_sale
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.models import Product, Subject
from tests.factories import cycle, registry
from tests.factories import points as make_points
from tests.factories import promotion as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOW, TODAY = make.NOW, make.TODAY


@pytest.fixture
def officer() -> User:
    return make_points.keeper()


@pytest.fixture
def point(officer: User) -> PointOfSale:
    return make_points.registered(by=officer)


@pytest.fixture
def product(subject: Subject) -> Product:
    return make.listing(registry.product(subject, name="Chè Tân Cương")).product


def told_of(kind: str) -> set[User]:
    entry, notice = Entry.objects.get(kind=kind), notices.notice_of(kind)
    assert notice is not None
    return set(notice.recipients(entry))


def test_point_when_registered_then_the_public_finds_it_without_marks(officer: User) -> None:
    point = make_points.registered(
        by=officer, latitude=Decimal("21.594200"), longitude=Decimal("105.848200")
    )

    found = points.called(points.public_points(TODAY), "sieu thi tan cuong")

    assert list(found) == [point]
    assert point.is_registered
    assert not points.called(points.public_points(TODAY), "hà nội").exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": PlaceKind.OWN_SHOP}, "point.own_kind"),
        ({"kind": PlaceKind.ONLINE, "website": "https://a.vn"}, "point.own_kind"),
        ({"has_packaging_design": True}, "point.no_design_centre"),
        ({"website": "javascript:alert(1)"}, "place.bad_website"),
        ({"latitude": Decimal("21.5")}, "point.half_coordinates"),
        ({"latitude": Decimal("105.8"), "longitude": Decimal("21.5")}, "point.abroad"),
        ({"name": "Siêu thị Minh Cầu "}, "point.already_registered"),
    ],
)
def test_point_when_it_says_too_little_or_wrong_then_refused(
    officer: User, point: PointOfSale, changes: dict[str, Any], code: str
) -> None:
    given = {"name": "Điểm khác", **changes}

    with pytest.raises(RuleBroken) as refused:
        make_points.registered(by=officer, **given)

    assert refused.value.code == code
    assert PointOfSale.objects.count() == 1


def test_design_centre_when_it_helps_founders_then_registered(officer: User) -> None:
    point = make_points.registered(
        by=officer,
        kind=PlaceKind.DESIGN_CENTRE,
        has_startup_help=True,
        has_packaging_design=True,
    )

    assert (point.has_startup_help, point.has_packaging_design) == (True, True)


def test_point_when_kept_from_elsewhere_then_denied(point: PointOfSale, producer: User) -> None:
    elsewhere = make_points.keeper(registry.province("Tỉnh Lào Cai", "15"))
    auditor = cycle.holder(Role.AUDITOR, registry.province())

    for person in (elsewhere, auditor, producer):
        with pytest.raises(PermissionDenied):
            point_register.register(make_points.facts(name="Khác"), by=person, at=NOW)
        with pytest.raises(PermissionDenied):
            point_register.close(point, reason="x", by=person, at=NOW)
    assert list(points.kept_points(auditor, TODAY)) == [point]
    assert not points.kept_points(elsewhere, TODAY).exists()
    assert not points.kept_points(producer, TODAY).exists()


def test_point_when_moved_to_another_province_then_a_posting_there_is_needed(
    officer: User, point: PointOfSale
) -> None:
    there = registry.commune("Xã Mường Khương", "02761", registry.province("Tỉnh Lào Cai", "15"))

    with pytest.raises(PermissionDenied):
        point_register.edit(point, make_points.facts(commune=there), by=officer, at=NOW)
    edited = point_register.edit(
        point, make_points.facts(opening_hours="7–18 giờ"), by=officer, at=NOW
    )

    assert edited.opening_hours == "7–18 giờ"


def test_proposal_when_confirmed_then_the_public_sees_it_and_the_producer_is_told(
    officer: User, point: PointOfSale, product: Product, producer: User
) -> None:
    sold = points_of_sale.propose(product, point, by=producer, at=NOW)
    assert sold.state is OfferState.PROPOSED
    assert not pages.places_of(product).exists()
    assert list(points.awaited_offers(officer, TODAY)) == [sold]
    assert told_of("promotion.place.proposed") == {officer}

    confirmed = point_register.confirm(sold, by=officer, at=NOW)
    point_register.confirm(sold, by=officer, at=NOW)

    assert confirmed.state is OfferState.OFFERED
    assert list(pages.places_of(product)) == [sold]
    assert list(points.offers_at(point, TODAY)) == [sold]
    assert told_of("promotion.place.confirmed") == {producer}


def test_proposal_when_declined_then_the_reason_stands_at_the_desk_only(
    officer: User, point: PointOfSale, product: Product, producer: User
) -> None:
    sold = points_of_sale.propose(product, point, by=producer, at=NOW)

    with pytest.raises(RuleBroken, match=r"place\.needs_reason"):
        point_register.decline(sold, reason=" ", by=officer, at=NOW)
    declined = point_register.decline(sold, reason="Không thấy trên kệ", by=officer, at=NOW)

    assert declined.state is OfferState.DECLINED
    assert not pages.places_of(product).exists()
    assert list(pages.places_at_desk(product)) == [sold]
    with pytest.raises(RuleBroken, match=r"place\.already_ended"):
        point_register.confirm(sold, by=officer, at=NOW)
    again = points_of_sale.propose(product, point, by=producer, at=NOW)
    assert again.pk != sold.pk


def test_proposal_when_not_recognised_foreign_or_twice_then_refused(
    point: PointOfSale, product: Product, producer: User, subject: Subject
) -> None:
    plain = registry.product(subject, name="Chưa có giấy")
    foreign = make.listing(registry.product(name="Mật ong")).product

    with pytest.raises(RuleBroken, match=r"place\.not_recognised"):
        points_of_sale.propose(plain, point, by=producer, at=NOW)
    with pytest.raises(PermissionDenied):
        points_of_sale.propose(foreign, point, by=producer, at=NOW)
    points_of_sale.propose(product, point, by=producer, at=NOW)
    with pytest.raises(RuleBroken, match=r"place\.already_named"):
        points_of_sale.propose(product, point, by=producer, at=NOW)


def test_office_when_it_enters_a_product_then_an_open_proposal_is_confirmed(
    officer: User, point: PointOfSale, product: Product, producer: User
) -> None:
    sold = points_of_sale.propose(product, point, by=producer, at=NOW)

    assert point_register.put(product, point, by=officer, at=NOW).pk == sold.pk
    assert SoldAt.objects.get().state is OfferState.OFFERED


def test_product_when_its_certificate_is_revoked_then_it_leaves_the_point(
    officer: User, point: PointOfSale, product: Product
) -> None:
    point_register.put(product, point, by=officer, at=NOW)
    assert points.offers_at(point, TODAY).count() == 1

    make.change(product.certificates.get(), "revoked")

    assert points.offers_at(point, TODAY).count() == 0
    counted = points.with_counts(points.public_points(TODAY), TODAY).get()
    assert vars(counted)["products"] == 0


def test_point_when_closed_then_offers_end_and_sellers_are_told(
    officer: User, point: PointOfSale, product: Product, producer: User
) -> None:
    point_register.put(product, point, by=officer, at=NOW)

    point_register.close(point, reason="Hết thuê mặt bằng", by=officer, at=NOW)

    assert not points.public_points(TODAY).exists()
    assert SoldAt.objects.get().state is OfferState.ENDED
    assert told_of("promotion.point.closed") == {producer}
    for refused in (
        lambda: point_register.close(point, reason="x", by=officer, at=NOW),
        lambda: point_register.put(product, point, by=officer, at=NOW),
        lambda: point_register.edit(point, make_points.facts(), by=officer, at=NOW),
    ):
        with pytest.raises(RuleBroken, match=r"point\.closed"):
            refused()
    reopened = make_points.registered(by=officer)
    assert reopened.pk != point.pk


def test_own_place_when_the_office_closes_it_then_it_is_not_named_again(
    officer: User, product: Product, producer: User
) -> None:
    place: dict[str, Any] = {
        "name": "Cửa hàng nhà",
        "kind": PlaceKind.OWN_SHOP,
        "commune": registry.commune(),
    }
    sold = points_of_sale.offer(product, **place, by=producer, at=NOW)
    assert list(points.public_points(TODAY)) == [sold.point]

    point_register.close(sold.point, reason="Không có cửa hàng", by=officer, at=NOW)

    with pytest.raises(RuleBroken, match=r"place\.closed"):
        points_of_sale.offer(product, **place, by=producer, at=NOW + timedelta(days=1))
    assert not points.public_points(TODAY).exists()
