"""The eligibility check: one question on a screen, for everybody, without scripts."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import registry as make
from tests.registry.views.test_subjects import signed_in

pytestmark = pytest.mark.django_db
URL = reverse("registry:eligibility")


def said(**changes: Any) -> dict[str, Any]:
    """Every answer of somebody who may take part."""
    make.load_sets()
    return {
        "regime": "2019",
        "industry": "thuc-pham",
        "form": "household",
        "registered": "co",
        "commune": make.commune().pk,
        "local": "co",
        "value": "co",
        "harmless": "co",
        **changes,
    }


def test_one_question_stands_on_each_screen(client: Client) -> None:
    answers = said()
    asked = ["regime", "industry", "form", "registered", "commune", "local"]
    labels = ["theo bộ quy định nào", "thuộc ngành nào", "Ai làm ra", "giấy đăng ký kinh doanh"]
    labels += ["ở xã, phường nào", "có gốc ở địa phương"]

    for place, label in enumerate(labels):
        known = {name: answers[name] for name in asked[:place]}
        page = client.get(URL, known).content.decode()

        assert label in page
        assert f"Câu {place + 1}" in page
        assert all(f'name="{name}" value="{value}"' in page for name, value in known.items())


def test_screen_sent_without_an_answer_says_so(client: Client) -> None:
    page = client.get(URL, {"regime": "2019", "buoc": "nganh"}).content.decode()

    assert "Có chỗ cần sửa" in page
    assert "thuộc ngành nào" in page


def test_visitor_who_may_take_part_is_led_to_an_account_and_on_to_the_form(client: Client) -> None:
    answers = said()

    page = client.get(URL, answers).content.decode()

    target = f"{reverse('registry:subject-create')}%3Fkind%3Dhousehold%26commune%3D"
    assert "Bạn được tham gia" in page
    assert "Quyết định 490/QĐ-TTg (2018)" in page
    assert f"{reverse('accounts:sign-up')}?next={target.replace('/', '%2F')}" in page


def test_sign_up_keeps_the_way_to_the_form(client: Client) -> None:
    target = f"{reverse('registry:subject-create')}?kind=household"
    password = "một mật khẩu dài và lạ"

    client.post(
        reverse("accounts:sign-up"),
        {
            "email": "lan@ocop.example",
            "full_name": "Lan",
            "password": password,
            "password_again": password,
            "next": target,
        },
    )
    answer = client.post(
        reverse("accounts:login"), {"username": "lan@ocop.example", "password": password}
    )

    assert answer["Location"] == target
    assert 'value="household" selected' in client.get(target).content.decode()


def test_sign_up_leads_to_no_other_site(client: Client) -> None:
    page = client.get(reverse("accounts:sign-up"), {"next": "https://evil.example/"})

    assert 'value="https://evil' not in page.content.decode()


def test_logged_in_person_goes_straight_to_the_form() -> None:
    page = signed_in(make.person()).get(URL, said()).content.decode()

    assert f'href="{reverse("registry:subject-create")}?kind=household&amp;commune=' in page


def test_what_is_missing_stands_with_its_clause(client: Client) -> None:
    page = client.get(URL, said(form="unregistered", local="khong")).content.decode()

    assert "chưa đăng ký kinh doanh chưa được tham gia" in page
    assert "mục đối tượng thực hiện" in page
    assert "phải có gốc ở địa phương" in page
    assert reverse("accounts:sign-up") + "?next" not in page


def test_place_is_searched_without_scripts(client: Client) -> None:
    answers = said()
    known = {name: answers[name] for name in ("regime", "industry", "form", "registered")}
    asked = {**known, "commune_q": "tan cuong", "_find": "commune", "buoc": "noi-lam"}

    page = client.get(URL, asked).content.decode()

    assert f'value="{answers["commune"]}"' in page
    assert "Có chỗ cần sửa" not in page


@pytest.mark.parametrize(
    "bad",
    [{"regime": "1999"}, {"industry": "vang"}, {"form": "bank"}, {"commune": "9" * 30}],
)
def test_an_address_with_a_wrong_answer_asks_that_question_again(
    client: Client, bad: dict[str, str]
) -> None:
    answer = client.get(URL, said(**bad))

    assert answer.status_code == 200
    assert "Có chỗ cần sửa" in answer.content.decode()


def test_prefilled_form_survives_nonsense() -> None:
    url = reverse("registry:subject-create")
    wish = {"kind": "bank", "commune": "9" * 30}

    assert signed_in(make.person()).get(url, wish).status_code == 200
