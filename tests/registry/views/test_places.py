"""The lists that a picker renews while a person types."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from registry.forms.places import OFFERED
from tests.factories import registry as make
from tests.registry.views.test_subjects import signed_in

pytestmark = pytest.mark.django_db
ASKED: dict[str, Any] = {"field": "commune", "division": "two_tier", "level": "commune"}


def test_found_units_are_radio_buttons_of_the_field() -> None:
    commune = make.commune()
    make.former_commune()

    page = signed_in(make.person()).get(
        reverse("registry:unit-search"), {**ASKED, "commune_q": "tân cương"}
    )

    html = page.content.decode()
    assert html.count('type="radio"') == 1
    assert f'name="commune" id="id_commune_{commune.pk}"' in html
    assert "Xã Tân Cương, Tỉnh Thái Nguyên" in html


def test_never_more_than_a_handful_is_shown() -> None:
    for number in range(OFFERED + 3):
        make.commune(f"Xã Tân Cương {number}", f"1{number:04d}")

    page = signed_in(make.person()).get(
        reverse("registry:unit-search"), {**ASKED, "commune_q": "tan cuong"}
    )

    html = page.content.decode()
    assert html.count('type="radio"') == OFFERED
    assert "hãy gõ thêm tên tỉnh" in html


def test_chosen_unit_stays_while_another_is_searched() -> None:
    chosen = make.commune()
    make.commune("Xã La Bằng", "05700")

    html = (
        signed_in(make.person())
        .get(
            reverse("registry:unit-search"), {**ASKED, "commune_q": "la bang", "commune": chosen.pk}
        )
        .content.decode()
    )

    assert f'value="{chosen.pk}" checked' in html
    assert "Xã La Bằng" in html


def test_nothing_found_says_what_to_try() -> None:
    html = (
        signed_in(make.person())
        .get(reverse("registry:unit-search"), {**ASKED, "commune_q": "atlantis"})
        .content.decode()
    )

    assert "Không tìm thấy nơi nào như vậy" in html


@pytest.mark.parametrize("field", ["", "x onclick", "kind"])
def test_unknown_field_is_not_found(field: str) -> None:
    client = signed_in(make.person())

    assert client.get(reverse("registry:unit-search"), {"field": field}).status_code == 404


def test_visitor_of_the_eligibility_check_searches_without_an_account() -> None:
    make.commune()

    page = Client().get(reverse("registry:unit-search"), {**ASKED, "commune_q": "tan cuong"})

    assert "Xã Tân Cương" in page.content.decode()
    assert Client().get(reverse("registry:former-communes"), ASKED).status_code == 302
