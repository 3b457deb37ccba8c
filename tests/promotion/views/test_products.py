"""The public page of a product."""

import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from PIL import Image

from ocop_portal.accounts.models import User
from promotion.domain.sales import PlaceKind
from promotion.models import Listing
from promotion.services import listings, points_of_sale, stories
from registry.models import Product
from tests.factories import promotion as make
from tests.factories import registry

pytestmark = pytest.mark.django_db
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def page_of(client: Client, listing: Listing, status: int = 200) -> str:
    response = client.get(listing.get_absolute_url())
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.embedded
def test_page_tells_everything(client: Client) -> None:
    product = registry.product(name="Chè Tân Cương", price_from=150_000, price_to=400_000)
    first = make.certificate(product, stars=3, issued_on=date(2023, 2, 1))
    make.certificate(product, stars=4, issued_on=date(2026, 2, 1))
    owner = registry.owner_of(product.subject)
    stories.tell(product, title_vi="Từ đồi chè", body_vi="Một.\n\nHai.", by=owner, at=make.NOW)
    points_of_sale.offer(
        product,
        name="Chợ Thái",
        kind=PlaceKind.MARKET,
        commune=product.commune,
        by=owner,
        at=make.NOW,
    )
    make.change(first, "superseded", on=date(2026, 2, 1))

    page = page_of(client, Listing.objects.get(product=product))

    for words in (
        "Chè Tân Cương",
        "4 trên 5 sao",
        "Từ đồi chè",
        "<p>Hai.</p>",
        "Chợ Thái",
        "Xã Tân Cương, Tỉnh Thái Nguyên",
        "150.000",
        first.number,
        "Đã được thay thế",
        "Còn hiệu lực",
        f"/hinh/{product.pk}.svg",
    ):
        assert words in page, words


def test_page_names_the_place_of_before(client: Client) -> None:
    today = registry.commune("Phường Phan Đình Phùng", "05443")
    before = registry.former_commune("Phường Trưng Vương", "05446", successor=today)
    maker = registry.subject(commune=today, former_commune=before)
    listing = make.listing(registry.product(maker))

    page = page_of(client, listing)

    assert "Phường Phan Đình Phùng" in page
    assert "Phường Trưng Vương" in page


def test_data_for_machines(client: Client) -> None:
    product = registry.product(name="Chè </script><b>&", summary="Chè sao tay", price_from=150_000)
    listing = make.listing(product, stars=5)

    found = DATA.search(page_of(client, listing))

    assert found is not None
    assert "<" not in found[1]
    described = json.loads(found[1])
    assert described["@type"] == "Product"
    assert described["name"] == "Chè </script><b>&"
    assert described["award"] == "OCOP 5 sao"
    assert described["offers"]["lowPrice"] == 150_000


def test_story_with_scripts_loses_them(client: Client) -> None:
    product = registry.product()
    owner = registry.owner_of(product.subject)
    body = "<script>alert(1)</script>"
    stories.tell(product, title_vi="Chè", body_vi=f"Đồi chè {body}", by=owner, at=make.NOW)

    page = page_of(client, make.listing(product))

    assert "<p>Đồi chè </p>" in page
    assert "alert(1)" not in page


@pytest.mark.parametrize(("language", "title"), [("vi", "Từ đồi chè"), ("en", "From the tea hill")])
def test_story_is_told_in_the_reader_s_language(
    client: Client, settings: object, language: str, title: str
) -> None:
    product = registry.product()
    owner = registry.owner_of(product.subject)
    stories.tell(
        product,
        title_vi="Từ đồi chè",
        body_vi="Chuyện",
        title_en="From the tea hill",
        body_en="Story",
        by=owner,
        at=make.NOW,
    )
    listing = make.listing(product)
    client.cookies["django_language"] = language

    assert title in page_of(client, listing)


def test_expired_product_is_not_praised(client: Client) -> None:
    listing = make.listing(issued_on=date(2022, 1, 1), stars=5)

    page = page_of(client, listing)

    assert "Đã hết hạn" in page
    assert '"award"' not in page


def test_suspended_product_keeps_its_page_with_the_warning(client: Client) -> None:
    held = make.certificate(stars=5)
    listing = make.change(held, "suspended")

    page = page_of(client, listing)

    assert "Đang bị tạm dừng" in page
    assert '"award"' not in page


def test_revoked_product_has_no_page(client: Client) -> None:
    held = make.certificate(registry.product(name="Chè bị thu hồi"))
    listing = listings.refresh(held.product, at=make.NOW)
    assert listing is not None
    page_of(client, listing)

    make.change(held, "revoked")

    assert "Chè bị thu hồi" not in page_of(client, listing, 404)
    assert client.get(f"/hinh/{held.product_id}.svg").status_code == 404


def test_hidden_product_has_no_page(client: Client, provincial_officer: User, at: datetime) -> None:
    listing = make.listing()
    page_of(client, listing)

    listings.withhold(listing, reason="Ảnh sai.", by=provincial_officer, at=at)

    assert listing.name not in page_of(client, listing, 404)
    assert client.get(f"/hinh/{listing.product_id}.svg").status_code == 404


def test_unpublished_product_has_no_page(client: Client) -> None:
    product: Product = registry.product()

    assert client.get(f"/san-pham/{product.slug}/").status_code == 404
    assert client.get(f"/san-pham/{product.slug}-{product.pk}/").status_code == 404
    assert client.get(f"/hinh/{product.pk}.svg").status_code == 404


def test_picture_may_be_kept(client: Client) -> None:
    listing = make.listing()

    response = client.get(f"/hinh/{listing.product_id}.svg")

    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert not response.cookies
    assert response.content.startswith(b"<svg")


def test_related_when_shown_then_neighbours_of_the_industry_from_other_makers(
    client: Client,
) -> None:
    own = make.listing(registry.product(name="Chè của tôi"))
    make.listing(registry.product(own.subject, name="Chè khác của tôi"), stars=5)
    place = registry.commune("Xã Sơn Dương", "02536", registry.province("Tỉnh Tuyên Quang", "08"))
    far = registry.subject(name="Tổ hợp tác xa", commune=place)
    near = registry.subject(name="Tổ hợp tác gần")
    make.listing(registry.product(far, name="Chè xa"), stars=5)
    make.listing(registry.product(near, name="Chè gần"))
    make.listing(registry.product(near, name="Chè cũ"), issued_on=date(2020, 1, 1))

    related = client.get(own.get_absolute_url()).context["related"]

    assert [each.name for each in related] == ["Chè gần", "Chè xa"]


def test_address_when_sent_on_then_a_picture_goes_with_it(client: Client) -> None:
    listing = make.listing(registry.product(name='Chè "Tân" <Cương> #[x]'))
    path = f"/hinh/{listing.product_id}/chia-se.png"

    html = client.get(listing.get_absolute_url()).content.decode()
    picture = client.get(path)

    assert f'<meta property="og:image" content="{settings.SITE_URL}{path}">' in html
    assert '<meta property="og:title" content="Chè &quot;Tân&quot; &lt;Cương&gt; #[x]">' in html
    assert picture["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(picture.content)) as drawn:
        assert drawn.size == (1200, 630)


def test_share_picture_when_withheld_or_unknown_then_not_found(
    client: Client, provincial_officer: User, at: datetime
) -> None:
    listing = make.listing()
    listings.withhold(listing, reason="Ảnh sai.", by=provincial_officer, at=at)

    assert client.get(f"/hinh/{listing.product_id}/chia-se.png").status_code == 404
    assert client.get("/hinh/999999/chia-se.png").status_code == 404
