"""Photographs are public as soon as the product is, and no day sooner or longer."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from promotion.services import listings
from registry.domain.roles import Role
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(make.NOW, tick=False):
        yield


def test_photograph_is_public_only_while_the_product_has_a_page(client: Client) -> None:
    product = registry.product(name="Chè Tân Cương")
    face = registry.picture(product, alt="Gói chè trên bàn tre")
    url = reverse("promotion:photograph", args=[face.token, "nho"])

    before = client.get(url).status_code
    listing = make.listing(product)
    shown = client.get(url)
    assert shown.getvalue().startswith(b"RIFF")
    officer = registry.officer(Role.PROVINCIAL_OFFICER, listing.province)
    listings.withhold(listing, reason="Ảnh của người khác", by=officer, at=make.NOW)
    after = client.get(url).status_code

    assert (before, shown.status_code, after) == (404, 200, 404)
    assert shown["Content-Type"] == "image/webp"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"] == "public, max-age=86400"


def test_page_and_card_show_the_photographs_with_their_words(client: Client) -> None:
    product = registry.product(name="Chè Tân Cương")
    face = registry.picture(product, alt="Gói chè trên bàn tre")
    hill = registry.picture(product, alt="Đồi chè buổi sớm")
    listing = make.listing(product, issued_on=date(2026, 2, 1))

    page = client.get(listing.get_absolute_url()).content.decode()
    cards = client.get(reverse("promotion:catalogue")).content.decode()

    assert "chưa có ảnh chụp" not in page
    assert page.index("Gói chè trên bàn tre") < page.index("Đồi chè buổi sớm")
    large = reverse("promotion:photograph", args=[face.token, "lon"])
    assert f'"http://testserver{large}"' in page or large in page
    small = reverse("promotion:photograph", args=[face.token, "nho"])
    assert f'src="{small}" alt="Gói chè trên bàn tre"' in cards
    assert hill.token not in cards


def test_product_without_photographs_keeps_its_drawing(client: Client) -> None:
    listing = make.listing()

    assert "chưa có ảnh chụp" in client.get(listing.get_absolute_url()).content.decode()
