"""What a person says about himself or herself, and the language of the pages."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import LogIn
from tests.factories import people

pytestmark = pytest.mark.django_db
PROFILE = reverse("accounts:profile")


def test_profile_is_saved_in_composed_form(log_in: LogIn) -> None:
    lan = people.person("Lan", "lan@ocop.example")
    form = {
        "full_name": "Nguye\u0302\u0303n Thi\u0323 Lan",
        "phone": "0912 345 678",
        "language": "en",
        "digest": "daily",
    }

    response = log_in(lan).post(PROFILE, form)

    lan.refresh_from_db()
    assert response["Location"] == PROFILE
    assert lan.full_name == "Nguy\u1ec5n Th\u1ecb Lan"
    assert (lan.phone, lan.language, lan.wants_mail) == ("0912 345 678", "en", False)
    assert lan.digest == "daily"
    assert response.cookies["django_language"].value == "en"


def test_bad_phone_is_explained(log_in: LogIn) -> None:
    lan = people.person("Lan", "lan@ocop.example")

    response = log_in(lan).post(PROFILE, {"full_name": "Lan", "phone": "abc", "language": "vi"})

    assert response.context["form"].errors["phone"] == [
        "Số điện thoại chỉ gồm chữ số, ví dụ 0912 345 678."
    ]


def test_digest_comes_each_week_until_the_person_chooses(log_in: LogIn) -> None:
    lan = people.person("Lan", "lan@ocop.example")
    browser = log_in(lan)

    page = browser.get(PROFILE)
    refused = browser.post(PROFILE, {"full_name": "Lan", "language": "vi", "digest": "hourly"})
    browser.post(PROFILE, {"full_name": "Lan", "language": "vi", "digest": "never"})

    lan.refresh_from_db()
    assert page.context["form"]["digest"].value() == "weekly"
    assert "digest" in refused.context["form"].errors
    assert lan.digest == "never"


def test_pages_are_vietnamese_whatever_the_browser_prefers(client: Client) -> None:
    response = client.get(reverse("accounts:login"), headers={"accept-language": "en-US,en"})

    assert response["Content-Language"] == "vi"
    assert '<html lang="vi">' in response.content.decode()


def test_the_switch_is_kept_for_visitors_in_a_cookie(client: Client) -> None:
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/tai-khoan/"})
    page = client.get(reverse("accounts:login"))

    assert answer["Location"] == "/tai-khoan/"
    assert page["Content-Language"] == "en"


def test_the_switch_is_kept_for_a_person(log_in: LogIn) -> None:
    lan = people.person("Lan", "lan@ocop.example")

    log_in(lan).post(reverse("set_language"), {"language": "en"})

    lan.refresh_from_db()
    assert lan.language == "en"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "xx"})

    assert client.get(reverse("accounts:login"))["Content-Language"] == "vi"
