"""A forgotten password, and a changed one."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.journal import tasks
from ocop_portal.journal.models import Notification
from tests.accounts.test_sign_up import link_in
from tests.conftest import LogIn
from tests.factories import people

pytestmark = pytest.mark.django_db
RESET = reverse("accounts:password-reset")
NEW = "một mật khẩu hoàn toàn mới"


@pytest.fixture
def lan() -> User:
    return people.person("Nguyễn Thị Lan", "lan@ocop.example", wants_mail=False)


def ask(client: Client, email: str) -> str:
    response = client.post(RESET, {"email": email})
    tasks.sweep()
    return str(response["Location"])


def test_known_and_unknown_addresses_get_the_same_answer(client: Client, lan: User) -> None:
    known, unknown = ask(client, "LAN@ocop.example"), ask(client, "ai-do@ocop.example")

    assert known == unknown == reverse("accounts:password-link-sent")
    assert [letter.to for letter in mail.outbox] == [[lan.email]]


def test_the_link_sets_a_new_password_once(client: Client, lan: User) -> None:
    ask(client, lan.email)
    link = link_in(mail.outbox[0].body)

    answer = client.post(link, {"password": NEW, "password_again": NEW})
    again = client.get(link)

    lan.refresh_from_db()
    assert answer["Location"] == reverse("accounts:login")
    assert lan.check_password(NEW)
    assert again.status_code == 404


def test_the_link_is_a_secret_that_no_row_keeps(client: Client, lan: User) -> None:
    ask(client, lan.email)

    rows = Notification.objects.values_list("url", "title", "failure")
    token = link_in(mail.outbox[0].body).rstrip("/").rsplit("/", 1)[1]
    assert rows
    assert token not in str(list(rows))


def test_the_owner_hears_of_the_change_even_without_wanting_mail(client: Client, lan: User) -> None:
    ask(client, lan.email)
    client.post(link_in(mail.outbox[0].body), {"password": NEW, "password_again": NEW})
    tasks.sweep()

    assert mail.outbox[1].subject == "Mật khẩu tài khoản OCOP đã đổi"


def test_another_session_ends_with_the_password(log_in: LogIn, lan: User) -> None:
    here, elsewhere = log_in(lan), log_in(lan)
    form = {"present": people.PASSWORD, "password": NEW, "password_again": NEW}

    here.post(reverse("accounts:password-change"), form)

    assert here.get(reverse("accounts:profile")).status_code == 200
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302


def test_change_needs_the_present_password(log_in: LogIn, lan: User) -> None:
    form = {"present": "sai", "password": NEW, "password_again": NEW}

    response = log_in(lan).post(reverse("accounts:password-change"), form)

    assert response.context["form"].errors["present"] == ["Mật khẩu đang dùng chưa đúng."]
    lan.refresh_from_db()
    assert lan.check_password(people.PASSWORD)


def test_a_locked_account_gets_no_link(client: Client) -> None:
    people.person("Khóa", "khoa@ocop.example", is_active=False, confirmed_at="2026-01-01T00:00Z")

    ask(client, "khoa@ocop.example")

    assert mail.outbox == []


def test_an_unconfirmed_account_gets_its_first_link_again(client: Client) -> None:
    people.person("Mới", "moi@ocop.example", is_active=False)

    ask(client, "moi@ocop.example")

    assert "/tai-khoan/xac-nhan/" in mail.outbox[0].body
