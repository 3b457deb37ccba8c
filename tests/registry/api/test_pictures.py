"""Pictures of registered products for programs: listed with the product, behind the same shield."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop_portal.accounts.models import User
from ocop_portal.clients import tokens
from ocop_portal.clients.scopes import Scope
from registry.domain.pictures import Shift
from registry.models import Product
from registry.services import pictures
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
URL = "/api/v1/registered-products"


def ask(user: User, path: str) -> Any:
    _row, secret = tokens.make(name="x", scopes=[Scope.READ], days=1, by=user, at=timezone.now())
    return Client().get(path, headers={"authorization": f"Bearer {secret}"})


def test_pictures_stand_in_the_detail_in_their_order() -> None:
    product = make.product()
    first, second = (make.picture(product, alt=alt) for alt in ("Búp chè", "Gói chè"))
    owner = make.owner_of(product.subject)
    pictures.shift(second, Shift.EARLIER, by=owner, at=make.NOW)

    shown = ask(owner, f"{URL}/{product.pk}/").json()["pictures"]

    assert [each["alt"] for each in shown] == ["Gói chè", "Búp chè"]
    assert shown[1] == {
        "url": f"{URL}/pictures/{first.token}/lon/",
        "thumbnail": f"{URL}/pictures/{first.token}/nho/",
        "alt": "Búp chè",
        "width": first.width,
        "height": first.height,
    }


def test_file_goes_to_who_may_see_the_product_and_to_nobody_else() -> None:
    product = make.product()
    picture = make.picture(product)
    path = f"{URL}/pictures/{picture.token}/nho/"

    answer = ask(make.owner_of(product.subject), path)
    stranger = ask(make.owner_of(make.subject(commune=make.commune("Xã La Bằng", "05800"))), path)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"].startswith("private")
    assert b"".join(answer.streaming_content).startswith(b"RIFF")
    assert stranger.status_code == 404
    assert Client().get(path).status_code == 401
    assert ask(make.owner_of(product.subject), path.replace("nho", "to")).status_code == 404


def test_a_product_without_pictures_has_an_empty_list() -> None:
    product: Product = make.product()

    shown = ask(make.owner_of(product.subject), f"{URL}/{product.pk}/").json()

    assert shown["pictures"] == []
