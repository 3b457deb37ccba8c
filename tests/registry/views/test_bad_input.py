"""What people really type: refused with the field and the reason, everything else still there."""

import unicodedata
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from registry.models import Product, Subject, Unit
from tests.factories import registry as make
from tests.registry.views.test_subjects import signed_in

pytestmark = pytest.mark.django_db


def typed(maker: Subject, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Chè đinh",
        "summary": "Sao tay 🍵 từ sớm",
        "set_2019": make.product_set("2019", 1).pk,
        "commune": maker.commune_id,
        **changes,
    }


def sent(maker: Subject, **changes: Any) -> Any:
    client = signed_in(make.owner_of(maker))
    url = reverse("registry:product-create", args=[maker.pk])
    return client.post(url, typed(maker, **changes))


def test_product_name_of_three_hundred_letters_is_refused_and_kept_on_the_page() -> None:
    maker = make.subject()
    long = "Chè " * 75

    page = sent(maker, name=long.strip() + "!")

    assert page.context["form"].errors.keys() == {"name"}
    shown = page.content.decode()
    assert long.strip() in shown
    assert "Sao tay 🍵 từ sớm" in shown
    assert not Product.objects.exists()


def test_commune_that_is_gone_is_refused_with_the_way_on() -> None:
    maker = make.subject()
    Unit.objects.filter(pk=maker.commune_id).update(valid_to=date(2026, 7, 1))

    page = sent(maker)

    assert page.context["form"].errors.keys() == {"commune"}
    assert "Sao tay 🍵 từ sớm" in page.content.decode()
    assert not Product.objects.exists()


def test_name_in_separate_marks_and_pictograms_is_stored_composed_and_whole() -> None:
    maker = make.subject()

    answer = sent(maker, name=unicodedata.normalize("NFD", "Chè đắng Tân Cương 🍵"))

    assert answer.status_code == 302
    assert Product.objects.get().name == "Chè đắng Tân Cương 🍵"
    twin = sent(maker, name="Chè đắng Tân Cương 🍵", _confirmed="1")
    assert twin.context["form"].errors.keys() == {"name"}
    assert Product.objects.count() == 1
