"""Coming in and going out."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from ocop_portal.accounts.models import User
from tests.conftest import LogIn
from tests.factories import people

pytestmark = pytest.mark.django_db
LOGIN = reverse("accounts:login")
REFUSAL = "Địa chỉ thư hoặc mật khẩu chưa đúng."


@pytest.fixture
def lan() -> User:
    return people.person("Nguyễn Thị Lan", "lan@ocop.example")


def test_log_in_leads_to_the_desk_whatever_the_capitals(client: Client, lan: User) -> None:
    response = client.post(LOGIN, {"username": "LAN@ocop.example", "password": people.PASSWORD})

    assert response.status_code == 302
    assert response["Location"] == reverse("desk")
    assert client.session["_auth_user_id"] == str(lan.pk)


def test_log_in_goes_on_to_where_the_person_wanted_to_be(client: Client, lan: User) -> None:
    wish = {"next": "/tai-khoan/"}

    response = client.post(LOGIN, {"username": lan.email, "password": people.PASSWORD, **wish})

    assert response["Location"] == "/tai-khoan/"


@pytest.mark.parametrize("elsewhere", ["https://xau.example/", "//xau.example/", "javascript:x"])
def test_log_in_never_leads_to_another_site(client: Client, lan: User, elsewhere: str) -> None:
    response = client.post(
        LOGIN, {"username": lan.email, "password": people.PASSWORD, "next": elsewhere}
    )

    assert response["Location"] == reverse("desk")


def test_wrong_password_and_unknown_address_get_the_same_answer(client: Client, lan: User) -> None:
    known = client.post(LOGIN, {"username": lan.email, "password": "sai-mat-khau"})
    unknown = client.post(LOGIN, {"username": "ai-do@ocop.example", "password": "sai-mat-khau"})

    assert known.status_code == unknown.status_code == 200
    assert REFUSAL in known.content.decode()
    assert REFUSAL in unknown.content.decode()


def test_unconfirmed_account_gets_the_same_answer(client: Client) -> None:
    people.person("Mới", "moi@ocop.example", is_active=False)

    response = client.post(LOGIN, {"username": "moi@ocop.example", "password": people.PASSWORD})

    assert REFUSAL in response.content.decode()


def test_a_password_typed_in_another_unicode_form_is_the_same_password(client: Client) -> None:
    user = people.person("Hà", "ha@ocop.example")
    user.set_password("ch\u00e8 b\u00fap t\u00e2n c\u01b0\u01a1ng")
    user.save()

    response = client.post(
        LOGIN,
        {"username": user.email, "password": "che\u0300 bu\u0301p ta\u0302n cu\u031bo\u031bng"},
    )

    assert response.status_code == 302


def test_too_many_attempts_lock_the_name_known_or_not(client: Client, lan: User) -> None:
    for email in (lan.email, "ai-do@ocop.example"):
        statuses = [
            client.post(LOGIN, {"username": email, "password": "sai"}).status_code
            for _attempt in range(settings.AXES_FAILURE_LIMIT)
        ]

        assert statuses == [200] * (settings.AXES_FAILURE_LIMIT - 1) + [429]


def test_a_locked_name_is_locked_in_any_capitals_and_with_the_right_password(
    client: Client, lan: User
) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        client.post(LOGIN, {"username": "Lan@Ocop.example", "password": "sai"})

    response = client.post(LOGIN, {"username": lan.email, "password": people.PASSWORD})

    assert response.status_code == 429
    assert "hãy đợi 15 phút" in response.content.decode()


def test_another_address_is_not_locked_by_it(client: Client, lan: User) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        client.post(LOGIN, {"username": lan.email, "password": "sai"})

    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    response = elsewhere.post(LOGIN, {"username": lan.email, "password": people.PASSWORD})

    assert response.status_code == 302


def test_success_clears_the_count(client: Client, lan: User) -> None:
    for _round in range(2):
        for _attempt in range(settings.AXES_FAILURE_LIMIT - 1):
            client.post(LOGIN, {"username": lan.email, "password": "sai"})
        response = client.post(LOGIN, {"username": lan.email, "password": people.PASSWORD})
        assert response.status_code == 302
        client.post(reverse("accounts:logout"))


def test_log_in_starts_a_new_session_and_shows_the_chosen_language(
    client: Client, lan: User
) -> None:
    lan.language = "en"
    lan.save()
    client.get(LOGIN)
    before = client.session.session_key

    client.post(LOGIN, {"username": lan.email, "password": people.PASSWORD})

    assert client.session.session_key != before
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_log_out_is_a_post(log_in: LogIn, lan: User) -> None:
    browser = log_in(lan)

    assert browser.get(reverse("accounts:logout")).status_code == 405
    assert "_auth_user_id" in browser.session

    assert browser.post(reverse("accounts:logout")).status_code == 302
    assert "_auth_user_id" not in browser.session


def test_pages_behind_the_login_lead_to_it(client: Client) -> None:
    response = client.get(reverse("desk"))

    assert response["Location"] == f"{LOGIN}?next=/ban-lam-viec/"
    assert mail.outbox == []
