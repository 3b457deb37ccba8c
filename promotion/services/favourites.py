"""A person's own list of products.

What somebody likes is nobody else's business: these rows are in no journal and no statistics.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from promotion.domain.favourites import MOST_IN_ACCOUNT, check_room
from promotion.models import Favourite
from promotion.selectors import favourites


@transaction.atomic
def keep(product: int, *, by: User, at: datetime) -> None:
    """Puts a product aside; twice is once. Refused when the list is full."""
    held = _locked(by)
    if product in held:
        return
    check_room(len(held), MOST_IN_ACCOUNT)
    Favourite.objects.create(user=by, product_id=product, added_at=at)


@transaction.atomic
def drop(products: Iterable[int], *, by: User) -> None:
    """Takes products out of the person's own list."""
    Favourite.objects.filter(user=by, product__in=list(products)).delete()


@transaction.atomic
def take_over(products: Sequence[int], *, by: User, at: datetime) -> int:
    """Adds what the browser held before the login, as far as there is room: how many were new.

    Repeating it changes nothing, and what has no public page any more stays behind.
    """
    held = _locked(by)
    known = favourites.public_ones(products)
    fresh = [each for each in products if each in known and each not in held]
    fresh = fresh[: max(0, MOST_IN_ACCOUNT - len(held))]
    # The list is read the newest first, so the oldest is written first.
    Favourite.objects.bulk_create(
        Favourite(user=by, product_id=each, added_at=at) for each in reversed(fresh)
    )
    return len(fresh)


def _locked(user: User) -> tuple[int, ...]:
    """The person's list; another click of the same person waits."""
    User.objects.select_for_update().only("pk").get(pk=user.pk)
    return favourites.products_of(user)
