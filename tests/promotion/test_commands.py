"""The command that checks and repairs the public rows."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from promotion.models import Listing
from tests.factories import promotion as make

pytestmark = pytest.mark.django_db


def test_check_fails_until_the_listings_are_rebuilt() -> None:
    listing = make.listing()
    Listing.objects.filter(pk=listing.pk).update(name="Tên khác")
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("rebuild_listings", "--check", stdout=out)
    call_command("rebuild_listings", stdout=out)
    call_command("rebuild_listings", "--check", stdout=out)

    assert [line for line in out.getvalue().splitlines() if "products" in line] == [
        "1 products, 1 out of step",
        "1 products, 1 out of step",
        "1 products, 0 out of step",
    ]
