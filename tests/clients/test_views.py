"""The pages of tokens, webhooks and for programmers, and where a person is logged in."""

import pytest
from django.contrib.sessions.models import Session as PlainSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop_portal.accounts.models import BrowserSession, User
from ocop_portal.clients import tokens, webhooks
from ocop_portal.clients.models import ApiToken, Webhook
from ocop_portal.clients.scopes import Scope
from tests.conftest import LogIn
from tests.factories import people

pytestmark = pytest.mark.django_db
TOKENS = reverse("clients:token-list")
HOOKS = reverse("clients:webhook-list")
SESSIONS = reverse("accounts:session-list")


def test_token_when_made_on_the_page_then_its_secret_is_shown_once(
    producer: User, log_in: LogIn
) -> None:
    browser = log_in(producer)
    form = {"name": "Truy xuất", "scopes": ["read", "feed"], "days": "90"}

    made = browser.post(TOKENS, form)
    again = browser.get(TOKENS)

    token = ApiToken.objects.get()
    secret = made.context["secret"]
    assert tokens.of_secret(secret, at=timezone.now()) == token
    assert (secret in made.content.decode(), secret in again.content.decode()) == (True, False)
    assert (token.scopes, (token.expires_at - token.made_at).days) == (["read", "feed"], 90)
    assert made["Cache-Control"].startswith("max-age=0")


def test_token_when_nothing_is_chosen_then_the_fields_say_so(producer: User, log_in: LogIn) -> None:
    page = log_in(producer).post(TOKENS, {"name": "", "days": "7"})

    assert set(page.context["form"].errors) == {"name", "scopes", "days"}
    assert not ApiToken.objects.exists()


def test_token_of_another_person_is_not_found(
    producer: User, stranger: User, log_in: LogIn
) -> None:
    token, _secret = tokens.make(
        name="x", scopes=[Scope.READ], days=1, by=producer, at=timezone.now()
    )
    address = reverse("clients:token-revoke", args=[token.pk])

    assert log_in(stranger).post(address).status_code == 404
    assert log_in(producer).post(address)["Location"] == TOKENS
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_webhook_when_placed_on_the_page_then_its_secret_is_there(
    producer: User, log_in: LogIn
) -> None:
    browser = log_in(producer)

    placed = browser.post(HOOKS, {"url": "https://example.org/ocop"})
    page = browser.get(placed["Location"])

    assert Webhook.objects.get().secret in page.content.decode()


def test_webhook_when_the_address_leads_inside_then_the_field_says_so(
    producer: User, log_in: LogIn
) -> None:
    page = log_in(producer).post(HOOKS, {"url": "https://10.0.0.1/"})

    assert page.context["form"].errors["url"] == [
        "Cổng không gửi tin tới địa chỉ trong mạng nội bộ."
    ]


def test_webhook_of_another_person_is_not_found(
    producer: User, stranger: User, log_in: LogIn
) -> None:
    hook = webhooks.place(url="https://example.org/", kinds=(), by=producer, at=timezone.now())
    page = reverse("clients:webhook-detail", args=[hook.pk])

    assert log_in(producer).get(page).status_code == 200
    assert log_in(stranger).get(page).status_code == 404
    assert log_in(stranger).post(f"{page}dung/").status_code == 404


def log_in_really(email: str, browser: str) -> Client:
    client = Client(headers={"user-agent": browser})
    client.post(reverse("accounts:login"), {"username": email, "password": people.PASSWORD})
    return client


def test_session_list_when_two_devices_are_in_then_the_other_can_be_sent_away() -> None:
    lan = people.person("Lan", "lan@ocop.example")
    phone, desk = (log_in_really(lan.email, name) for name in ("Phone", "Desk"))

    rows = desk.get(SESSIONS).context["rows"]
    other = next(row for row in rows if not row.is_this_one)
    desk.post(reverse("accounts:session-end", args=[other.handle]))

    assert [(row.browser, row.is_this_one) for row in rows] == [("Desk", True), ("Phone", False)]
    assert rows[0].started_at is not None
    assert phone.get(SESSIONS).status_code == 302
    assert desk.get(SESSIONS).status_code == 200


def test_session_of_another_person_stays() -> None:
    lan = people.person("Lan", "lan@ocop.example")
    tuan = people.person("Tuấn", "tuan@ocop.example")
    mine, theirs = log_in_really(lan.email, "A"), log_in_really(tuan.email, "B")
    handle = theirs.get(SESSIONS).context["rows"][0].handle

    mine.post(reverse("accounts:session-end", args=[handle]))
    mine.post(reverse("accounts:other-sessions-end"))

    assert theirs.get(SESSIONS).status_code == 200


def test_session_list_shows_no_key() -> None:
    lan = people.person("Lan", "lan@ocop.example")
    browser = log_in_really(lan.email, "A")

    page = browser.get(SESSIONS).content.decode()

    assert BrowserSession.objects.get().session_key not in page
    assert not PlainSession.objects.exists()


def test_guide_is_open_to_everybody(client: Client) -> None:
    assert client.get(reverse("clients:guide")).status_code == 200
