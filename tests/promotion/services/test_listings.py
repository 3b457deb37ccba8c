"""Public rows follow the certificates."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from promotion.domain.recognition import Span
from promotion.models import Listing
from promotion.selectors import headline_figures
from promotion.services import listings, rebuilding
from registry.domain.errors import RuleBroken
from registry.models import Product
from scoring.models import Certificate, Rating
from scoring.signals import certificate_changed, certificate_issued, rating_concluded
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def runs(listing: Listing) -> list[tuple[int, Span]]:
    return [
        (each.stars, Span(each.starts_on, each.ends_on))
        for each in listing.recognitions.order_by("starts_on")
    ]


def test_product_without_certificate_has_no_listing(at: datetime) -> None:
    product = registry.product()

    assert listings.refresh(product, at=at) is None
    assert not Listing.objects.exists()


def test_first_certificate_lists_the_product() -> None:
    product = registry.product(name="Chè Tân Cương")

    found = make.listing(product, stars=4)

    assert (found.name, found.stars, found.state, found.regime) == (
        "Chè Tân Cương",
        4,
        "valid",
        "2019",
    )
    assert found.slug == f"che-tan-cuong-{product.pk}"
    assert (found.province.code, found.commune.code) == ("19", "05503")
    assert (found.group, found.group_name) == ("thuc-pham", "Thực phẩm")
    assert "che tan cuong" in found.search_text
    assert "thai nguyen" in found.search_text
    assert runs(found) == [(4, Span(date(2026, 3, 2), date(2029, 3, 2)))]


def test_refresh_again_changes_nothing(at: datetime) -> None:
    first = make.listing()

    again = listings.refresh(first.product, at=at)

    assert again == first
    assert Listing.objects.count() == 1
    assert len(runs(first)) == 1


def test_recognised_name_stays_when_the_producer_renames_the_product(at: datetime) -> None:
    listing = make.listing(registry.product(name="Chè Tân Cương"))
    Product.objects.filter(pk=listing.product_id).update(name="Chè nõn tôm")

    found = listings.refresh(Product.objects.get(pk=listing.product_id), at=at)

    assert found is not None
    assert (found.name, found.slug) == ("Chè Tân Cương", listing.slug)
    assert "che non tom" in found.search_text


def test_address_stays_when_the_next_decision_names_the_product_anew(at: datetime) -> None:
    listing = make.listing(registry.product(name="Chè Tân Cương"))
    make.certificate(listing.product, issued_on=date(2026, 9, 1), product_name="Chè nõn tôm")

    found = listings.refresh(listing.product, at=at)

    assert found is not None
    assert (found.name, found.slug) == ("Chè nõn tôm", listing.slug)


def test_next_certificate_takes_the_place_from_the_day_of_its_decision(at: datetime) -> None:
    first = make.certificate(stars=3, issued_on=date(2024, 1, 10))
    second = make.certificate(first.product, stars=4, issued_on=date(2026, 5, 1))

    found = listings.refresh(first.product, at=at)

    assert found is not None
    assert (found.stars, found.certificate) == (4, second)
    assert runs(found) == [
        (3, Span(date(2024, 1, 10), date(2026, 4, 30))),
        (4, Span(date(2026, 5, 1), date(2029, 5, 1))),
    ]


def test_suspension_and_its_end_leave_a_gap() -> None:
    held = make.certificate()

    make.change(held, "suspended", on=date(2026, 6, 1))
    found = make.change(held, "restored", on=date(2026, 7, 1))

    assert found.state == "valid"
    assert runs(found) == [
        (3, Span(date(2026, 3, 2), date(2026, 5, 31))),
        (3, Span(date(2026, 7, 1), date(2029, 3, 2))),
    ]


def test_revocation_ends_the_days_and_is_kept() -> None:
    held = make.certificate()

    found = make.change(held, "revoked", on=date(2026, 6, 1))

    assert found.state == "revoked"
    assert runs(found) == [(3, Span(date(2026, 3, 2), date(2026, 5, 31)))]
    assert headline_figures(on=date(2026, 5, 31)).products == 1
    assert headline_figures(on=date(2026, 6, 1)).products == 0


@pytest.mark.parametrize("signal", [certificate_issued, certificate_changed])
def test_news_of_a_certificate_is_heard(signal: object) -> None:
    held = make.certificate()

    signal.send(  # type: ignore[attr-defined] # a Signal
        sender=Certificate, certificate_id=held.pk, product_id=held.product_id, state="valid"
    )

    assert Listing.objects.get(product=held.product).certificate == held


def test_potential_five_lasts_until_a_later_council_concludes() -> None:
    held = make.certificate(stars=4, potential_five=True)
    certificate_issued.send(
        sender=Certificate, certificate_id=held.pk, product_id=held.product_id, stars=4
    )
    before = Listing.objects.get(product=held.product).potential_five
    other = make.certificate(held.product, stars=4)
    later = other.rating
    assert later is not None
    assert held.rating is not None
    Rating.objects.filter(pk=later.pk).update(
        dossier=held.rating.dossier, level="central", concluded_at=make.moment(date(2026, 12, 1))
    )
    Certificate.objects.filter(pk=other.pk).delete()

    rating_concluded.send(sender=Rating, rating_id=later.pk, dossier_id=later.dossier_id)

    assert before is True
    assert Listing.objects.get(product=held.product).potential_five is False


def test_office_withholds_a_page_and_shows_it_again(provincial_officer: User, at: datetime) -> None:
    listing = make.listing()

    listings.withhold(listing, reason="Ảnh sai sản phẩm.", by=provincial_officer, at=at)
    withheld = Listing.objects.get(pk=listing.pk)
    listings.show(listing, by=provincial_officer, at=at)
    shown = Listing.objects.get(pk=listing.pk)

    assert (withheld.hidden, withheld.hidden_reason) == (True, "Ảnh sai sản phẩm.")
    assert (shown.hidden, shown.hidden_reason) == (False, "")
    assert list(
        Entry.objects.filter(kind__startswith="promotion.listing.")
        .order_by("id")
        .values_list("kind", flat=True)
    ) == ["promotion.listing.withheld", "promotion.listing.shown"]


def test_withholding_survives_a_refresh(provincial_officer: User, at: datetime) -> None:
    listing = make.listing()
    listings.withhold(listing, reason="Ảnh sai.", by=provincial_officer, at=at)

    found = listings.refresh(listing.product, at=at)

    assert found is not None
    assert found.hidden is True


@pytest.mark.parametrize("reason", ["", "  "])
def test_withholding_needs_a_reason(reason: str, provincial_officer: User, at: datetime) -> None:
    listing = make.listing()

    with pytest.raises(RuleBroken) as refusal:
        listings.withhold(listing, reason=reason, by=provincial_officer, at=at)

    assert (refusal.value.code, refusal.value.field) == ("listing.needs_reason", "reason")


def test_page_is_withheld_once(provincial_officer: User, at: datetime) -> None:
    listing = make.listing()
    listings.withhold(listing, reason="Ảnh sai.", by=provincial_officer, at=at)

    with pytest.raises(RuleBroken) as refusal:
        listings.withhold(listing, reason="Ảnh sai.", by=provincial_officer, at=at)

    assert refusal.value.code == "listing.already_hidden"


def test_page_that_is_shown_is_not_shown_again(provincial_officer: User, at: datetime) -> None:
    listing = make.listing()

    with pytest.raises(RuleBroken) as refusal:
        listings.show(listing, by=provincial_officer, at=at)

    assert refusal.value.code == "listing.not_hidden"


def test_nobody_else_withholds(producer: User, commune_officer: User, at: datetime) -> None:
    listing = make.listing()

    for person in (producer, commune_officer):
        with pytest.raises(PermissionDenied):
            listings.withhold(listing, reason="Ảnh sai.", by=person, at=at)
        with pytest.raises(PermissionDenied):
            listings.show(listing, by=person, at=at)


def test_rebuild_finds_and_repairs_what_is_out_of_step(at: datetime) -> None:
    listing, other = make.listing(), make.listing()
    Listing.objects.filter(pk=listing.pk).update(stars=5)
    listing.recognitions.update(stars=5)

    checked = rebuilding.check(at=at)
    still_wrong = Listing.objects.get(pk=listing.pk).stars
    rebuilt = rebuilding.rebuild(at=at)

    assert checked == rebuilt
    assert (checked.products, len(checked.faults)) == (2, 1)
    assert listing.name in checked.faults[0]
    assert other.name not in checked.faults[0]
    assert still_wrong == 5
    assert Listing.objects.get(pk=listing.pk).stars == 3
    assert rebuilding.check(at=at).faults == ()
