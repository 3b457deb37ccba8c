"""Pictures on their pages: sent, ordered, shown only to who may see the product."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from registry.domain.roles import Role
from registry.models import ProductPicture
from tests.factories import registry as make
from tests.registry.views.test_subjects import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def list_url(product: Any) -> str:
    return reverse("registry:picture-list", args=[product.pk])


def file_url(picture: ProductPicture, size: str = "nho") -> str:
    return reverse("registry:picture-file", args=[picture.token, size])


def test_owner_sends_orders_words_and_removes_pictures() -> None:
    product = make.product()
    lan, url = signed_in(make.owner_of(product.subject)), list_url(product)

    for alt in ("Gói chè", "Đồi chè"):
        lan.post(url, {"file": make.photo(), "alt": alt})
    bag, hill = ProductPicture.objects.order_by("position")
    lan.post(reverse("registry:picture-shift", args=[hill.pk, "truoc"]))
    lan.post(reverse("registry:picture-edit", args=[hill.pk]), {"alt": "Đồi chè buổi sớm"})
    lan.post(reverse("registry:picture-remove", args=[bag.pk]))

    page = lan.get(product.get_absolute_url()).content.decode()
    assert 'alt="Đồi chè buổi sớm"' in page
    assert file_url(hill) in page
    assert file_url(bag) not in page


def test_refusal_names_field_and_reason_and_keeps_the_words() -> None:
    product = make.product()
    lan = signed_in(make.owner_of(product.subject))

    page = lan.post(list_url(product), {"file": make.pdf("anh.jpg"), "alt": "Gói chè"})

    shown = page.content.decode()
    assert "Chỉ nhận ảnh JPG, PNG, WebP" in shown
    assert 'value="Gói chè"' in shown
    assert page.context["form"].errors.keys() == {"file"}


def test_picture_goes_out_as_a_picture_and_only_to_who_sees_the_product() -> None:
    picture = make.picture()
    lan = signed_in(make.owner_of(picture.product.subject))
    tuan = signed_in(make.person("Tuấn"))

    answer = lan.get(file_url(picture, "lon"))

    assert answer.getvalue().startswith(b"RIFF")
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, max-age=86400"
    assert lan.get(file_url(picture, "to")).status_code == 404
    assert tuan.get(file_url(picture)).status_code == 404
    assert tuan.get(list_url(picture.product)).status_code == 404
    assert Client().get(file_url(picture)).status_code == 302


def test_officer_looks_and_changes_nothing() -> None:
    picture = make.picture()
    officer = make.officer(Role.COMMUNE_OFFICER, picture.product.commune, "Minh")
    minh = signed_in(officer)

    shown = minh.get(file_url(picture))
    assert shown.getvalue().startswith(b"RIFF")
    assert minh.get(list_url(picture.product)).status_code == 403
    remove = reverse("registry:picture-remove", args=[picture.pk])
    assert minh.post(remove).status_code == 403
    assert ProductPicture.objects.count() == 1


@pytest.mark.parametrize("number", [1, 8])
def test_page_of_pictures_costs_the_same_for_any_number(
    number: int, django_assert_num_queries: Any, register_alone: None
) -> None:
    product = make.product()
    for _each in range(number):
        make.picture(product)
    lan = signed_in(make.owner_of(product.subject))
    lan.get(list_url(product))

    with django_assert_num_queries(7):
        page = lan.get(list_url(product))

    assert len(page.context["pictures"]) == number
