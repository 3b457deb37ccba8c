"""New accounts: easy for who owns the address, silent to everybody else."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from ocop_portal.accounts.models import User
from ocop_portal.journal import tasks
from tests.conftest import LogIn
from tests.factories import people

pytestmark = pytest.mark.django_db
SIGN_UP = reverse("accounts:sign-up")
FORM = {
    "email": "Moi@ocop.example",
    "full_name": "Lò Thị Mới",
    "password": "hoa ban trắng Mường Lò",
    "password_again": "hoa ban trắng Mường Lò",
}


@pytest.fixture
def confirming(settings: Settings) -> None:
    """An installation that can send mail."""
    settings.CONFIRM_MAIL = True


def link_in(letter: object) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", str(letter))
    assert found
    return found[1]


def test_new_account_waits_for_its_link(client: Client, confirming: None) -> None:
    response = client.post(SIGN_UP, FORM)
    tasks.sweep()

    assert response["Location"] == reverse("accounts:signed-up")
    user = User.objects.get(email="moi@ocop.example")
    assert not user.is_active
    assert [letter.to for letter in mail.outbox] == [["moi@ocop.example"]]
    link = link_in(mail.outbox[0].body)
    assert link.startswith("/tai-khoan/xac-nhan/")


def test_link_with_the_password_opens_the_account_once(client: Client, confirming: None) -> None:
    client.post(SIGN_UP, FORM)
    tasks.sweep()
    link = link_in(mail.outbox[0].body)

    page = client.get(link)
    opened = client.post(link, {"password": FORM["password"]})
    again = Client().get(link)

    assert page.status_code == 200
    assert opened["Location"] == reverse("desk")
    assert User.objects.get(email="moi@ocop.example").confirmed_at is not None
    assert again.status_code == 404


def test_link_without_the_password_opens_nothing(client: Client, confirming: None) -> None:
    client.post(SIGN_UP, FORM)
    tasks.sweep()

    response = client.post(link_in(mail.outbox[0].body), {"password": "khac"})

    assert response.status_code == 200
    assert not User.objects.get(email="moi@ocop.example").is_active


def test_a_known_address_gets_the_same_answer_and_its_owner_a_letter(
    client: Client, confirming: None
) -> None:
    owner = people.person("Nguyễn Thị Lan", "moi@ocop.example")

    response = client.post(SIGN_UP, FORM)
    tasks.sweep()

    assert response["Location"] == reverse("accounts:signed-up")
    assert User.objects.count() == 1
    owner.refresh_from_db()
    assert owner.check_password(people.PASSWORD)
    assert [letter.subject for letter in mail.outbox] == ["Địa chỉ này đã có tài khoản OCOP"]


def test_repeated_tries_fill_nobodys_mail_box(client: Client, confirming: None) -> None:
    people.person("Nguyễn Thị Lan", "moi@ocop.example")

    for _time in range(3):
        client.post(SIGN_UP, FORM)
    tasks.sweep()

    assert len(mail.outbox) == 1


def test_without_a_mail_server_the_account_can_be_used_at_once(
    client: Client, settings: Settings
) -> None:
    settings.CONFIRM_MAIL = False

    client.post(SIGN_UP, FORM)
    response = client.post(
        reverse("accounts:login"), {"username": FORM["email"], "password": FORM["password"]}
    )

    assert response["Location"] == reverse("desk")


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"password_again": "khac hẳn đi nhé"}, "password_again", "chưa giống nhau"),
        ({"password": "ngan", "password_again": "ngan"}, "password", "10"),
        ({"password": "password123", "password_again": "password123"}, "password", ""),
        ({"password": "lo thi moi", "password_again": "lo thi moi"}, "password", ""),
        ({"email": "khong-phai-thu"}, "email", ""),
        ({"full_name": ""}, "full_name", ""),
        ({"password": "x" * 201, "password_again": "x" * 201}, "password", ""),
    ],
)
def test_bad_input_is_explained_at_its_field(
    client: Client, change: dict[str, str], field: str, sentence: str
) -> None:
    response = client.post(SIGN_UP, FORM | change)

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert sentence in str(response.context["form"].errors[field])
    assert not User.objects.exists()


def test_sign_up_flood_from_one_address_is_slowed_down(client: Client) -> None:
    statuses = {client.post(SIGN_UP, FORM).status_code for _time in range(31)}

    assert statuses == {302, 429}


def test_known_person_has_no_need_to_sign_up(log_in: LogIn) -> None:
    browser = log_in(people.person("Lan", "lan@ocop.example"))

    assert browser.get(SIGN_UP)["Location"] == reverse("desk")


@pytest.mark.parametrize("who", ["khong", "MQ", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "%C3%A0"])
def test_nonsense_links_are_not_found(client: Client, who: str) -> None:
    assert client.get(f"/tai-khoan/xac-nhan/{who}/abc-def/").status_code == 404
    assert client.get(f"/tai-khoan/mat-khau-moi/{who}/abc-def/").status_code == 404


def test_journal_rings_after_the_commit(
    client: Client,
    confirming: None,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(SIGN_UP, FORM)

    assert len(callbacks) == 1
