"""What people really type: refused with the field and the reason, everything else still there."""

import unicodedata
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from registry.models import Product, Subject, Unit
from tests.factories import registry as make
from tests.registry.views.test_subjects import answers, signed_in

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


def test_everything_wrong_is_said_at_once_and_each_at_its_field() -> None:
    maker = make.subject()

    page = sent(maker, name="Chè " * 75 + "!", gtin="8931234567890", price_from="rẻ")

    assert page.context["form"].errors.keys() == {"name", "gtin", "price_from"}
    assert '<details class="panel" open>' in page.content.decode()


def test_missing_set_is_said_at_the_list_where_it_is_chosen() -> None:
    page = sent(make.subject(), set_2019="")

    assert page.context["form"].errors.keys() == {"set_2019"}
    assert 'href="#id_set_2019"' in page.content.decode()
    assert '<details class="panel">' in page.content.decode()


def test_wrong_tax_code_and_missing_former_commune_are_said_together() -> None:
    place = make.commune()
    make.former_commune(successor=place)
    client = signed_in(make.person("Lan"))
    right = make.tax_code()
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)

    page = client.post(
        reverse("registry:subject-create"), answers(commune=place.pk, tax_code=wrong)
    )

    assert page.context["form"].errors.keys() == {"tax_code", "former_commune"}
    assert f'value="{wrong}"' in page.content.decode()
    assert not Subject.objects.exists()
