"""A person's own list: once each, bounded, taken over from the browser."""

from datetime import datetime

import pytest

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from promotion.domain import favourites as rules
from promotion.models import Favourite
from promotion.selectors.favourites import products_of
from promotion.services import favourites, listings
from registry.domain.errors import RuleBroken
from registry.models import Product
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_product_when_kept_twice_then_once_and_in_no_journal(stranger: User, at: datetime) -> None:
    product = make.listing().product
    before = Entry.objects.count()

    favourites.keep(product.pk, by=stranger, at=at)
    favourites.keep(product.pk, by=stranger, at=at)

    assert products_of(stranger) == (product.pk,)
    assert Entry.objects.count() == before


def test_product_when_dropped_then_only_from_the_own_list(
    stranger: User, producer: User, at: datetime
) -> None:
    product = make.listing().product
    for person in (stranger, producer):
        favourites.keep(product.pk, by=person, at=at)

    favourites.drop([product.pk, 999], by=stranger)

    assert (products_of(stranger), products_of(producer)) == ((), (product.pk,))


def test_list_when_full_then_refused(stranger: User, at: datetime) -> None:
    listed = make.many(2)
    spare = Product.objects.bulk_create(
        make.copy(listed[0].product, name=f"Chè {place}", code="")
        for place in range(rules.MOST_IN_ACCOUNT)
    )
    Favourite.objects.bulk_create(
        Favourite(user=stranger, product=each, added_at=at) for each in spare
    )

    with pytest.raises(RuleBroken) as refused:
        favourites.keep(listed[0].product_id, by=stranger, at=at)

    assert refused.value.code == "favourites.full"
    assert favourites.take_over([listed[1].product_id], by=stranger, at=at) == 0


def test_browser_list_when_taken_over_then_merged_in_its_order(
    stranger: User, provincial_officer: User, at: datetime
) -> None:
    held, fresh, older = (make.listing(registry.product(name=f"Chè {n}")) for n in range(3))
    hidden = make.listing(registry.product(name="Chè giấu"))
    listings.withhold(hidden, reason="Ảnh sai.", by=provincial_officer, at=at)
    favourites.keep(held.product_id, by=stranger, at=at)
    browser = [fresh.product_id, held.product_id, older.product_id, hidden.product_id, 10**9]

    first = favourites.take_over(browser, by=stranger, at=at)
    again = favourites.take_over(browser, by=stranger, at=at)

    assert (first, again) == (2, 0)
    assert products_of(stranger) == (fresh.product_id, older.product_id, held.product_id)
