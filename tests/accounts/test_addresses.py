"""Another address to log in with: asked for by the person or an office, done by the link."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop_portal.accounts import services
from ocop_portal.accounts.models import AddressChange, BrowserSession, User
from ocop_portal.clients import tokens
from ocop_portal.clients.models import ApiToken
from ocop_portal.clients.scopes import Scope
from ocop_portal.journal import tasks
from ocop_portal.journal.models import Entry
from registry.domain.roles import Role
from tests.accounts.test_sign_up import link_in
from tests.conftest import LogIn
from tests.factories import people
from tests.factories import registry as make

pytestmark = pytest.mark.django_db
ASK = reverse("accounts:address-change")
NEW = "lan.moi@ocop.example"


@pytest.fixture
def lan() -> User:
    return people.person("Nguyễn Thị Lan", "lan@ocop.example", wants_mail=False)


def asked(browser: Client, email: str = NEW, password: str = people.PASSWORD) -> str:
    answer = browser.post(ASK, {"email": email, "present": password})
    tasks.sweep()
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def letters() -> dict[str, str]:
    """Subject of the letter to each address."""
    return {letter.to[0]: str(letter.subject) for letter in mail.outbox}


def link() -> str:
    (letter,) = [each for each in mail.outbox if "dia-chi-moi" in each.body]
    return link_in(letter.body)


def test_link_and_password_change_the_address_and_end_everything(
    client: Client, lan: User, log_in: LogIn
) -> None:
    token, _secret = tokens.make(name="x", scopes=[Scope.READ], days=30, by=lan, at=timezone.now())
    browser = log_in(lan)

    assert asked(browser) == reverse("accounts:profile")
    assert letters() == {
        NEW: "Xác nhận địa chỉ đăng nhập mới trên Cổng OCOP",
        "lan@ocop.example": "Có đề nghị đổi địa chỉ đăng nhập của bạn",
    }
    lan.refresh_from_db()
    assert lan.email == "lan@ocop.example"
    wrong = client.post(link(), {"present": "không phải"}).content.decode()
    assert "Mật khẩu đang dùng chưa đúng." in wrong

    address = link()
    mail.outbox.clear()
    answer = client.post(address, {"present": people.PASSWORD})
    tasks.sweep()

    lan.refresh_from_db()
    assert (lan.email, answer["Location"]) == (NEW, reverse("accounts:login"))
    assert f'value="{NEW}"' in client.get(reverse("accounts:login")).content.decode()
    assert not BrowserSession.objects.filter(user=lan).exists()
    assert browser.get(reverse("accounts:profile")).status_code == 302
    assert ApiToken.objects.get(pk=token.pk).revoked_at is not None
    assert letters() == dict.fromkeys(
        (NEW, "lan@ocop.example"), "Địa chỉ đăng nhập Cổng OCOP đã đổi"
    )
    assert client.get(address).status_code == 404
    assert User.objects.filter(search_text__contains="lan.moi").exists()


def test_address_of_somebody_else_is_answered_noted_and_written_to_as_any_other(
    client: Client, lan: User, log_in: LogIn
) -> None:
    minh = people.person("Minh", "minh@ocop.example")

    def told(address: str) -> list[object]:
        mail.outbox.clear()
        before = Entry.objects.count()
        answer = asked(log_in(lan), address)
        kinds = Entry.objects.order_by("pk").values_list("kind", "actor", "subject_id")
        return [answer, sorted(letters().values()), *kinds[before:]]

    free = told(NEW)
    taken = told("MINH@ocop.example")

    assert free == taken
    answer = client.post(link(), {"present": people.PASSWORD})
    lan.refresh_from_db()
    minh.refresh_from_db()
    assert answer.status_code == 403
    assert "Địa chỉ này đã có tài khoản" in answer.content.decode()
    assert (lan.email, minh.email) == ("lan@ocop.example", "minh@ocop.example")


@pytest.mark.parametrize(
    ("email", "password", "told"),
    [
        (NEW, "sai", "Mật khẩu đang dùng chưa đúng."),
        ("LAN@ocop.example", people.PASSWORD, "Đây là địa chỉ đang dùng."),
        ("không phải địa chỉ", people.PASSWORD, "error-summary"),
    ],
)
def test_wrong_password_and_the_same_address_are_refused_at_the_field(
    lan: User, log_in: LogIn, email: str, password: str, told: str
) -> None:
    assert told in asked(log_in(lan), email, password)
    assert not AddressChange.objects.exists()


def test_address_that_somebody_took_meanwhile_is_refused(
    client: Client, lan: User, log_in: LogIn
) -> None:
    asked(log_in(lan))
    address = link()
    people.person("Người khác", NEW)

    answer = client.post(address, {"present": people.PASSWORD})

    lan.refresh_from_db()
    assert answer.status_code == 403
    assert lan.email == "lan@ocop.example"
    assert AddressChange.objects.get().done_at is None


def test_second_request_and_time_end_the_first_link(
    client: Client, lan: User, log_in: LogIn
) -> None:
    asked(log_in(lan))
    first = link()
    mail.outbox.clear()
    asked(log_in(lan), "lan.khac@ocop.example")

    assert client.get(first).status_code == 404
    assert client.get(link()).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert client.get(link()).status_code == 404


def test_link_of_a_closed_account_opens_nothing(client: Client, lan: User, log_in: LogIn) -> None:
    asked(log_in(lan))

    services.close(lan, at=timezone.now())

    assert client.get(link()).status_code == 404


def test_office_asks_with_a_reason_and_only_the_person_s_password_completes_it(
    client: Client, log_in: LogIn
) -> None:
    head = make.officer(Role.ADMINISTRATOR, make.province(), "Hạnh")
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh", email="minh@ocop.example")
    url = reverse("registry:person-address", args=[minh.pk])
    browser = log_in(head)

    without = browser.post(url, {"email": NEW, "reason": ""}).content.decode()
    answer = browser.post(url, {"email": NEW, "reason": "Hộp thư cũ đã khóa"})
    tasks.sweep()

    assert "error-summary" in without
    assert answer["Location"] == reverse("registry:person-detail", args=[minh.pk])
    (warning,) = [each for each in mail.outbox if each.to == ["minh@ocop.example"]]
    assert "Hạnh" in warning.body
    assert "Hộp thư cũ đã khóa" in warning.body
    entry = Entry.objects.get(kind="accounts.address.asked")
    assert (entry.actor, entry.facts["reason"]) == (head, "Hộp thư cũ đã khóa")
    assert "@" not in str(entry.facts)
    history = browser.get(answer["Location"]).content.decode()
    assert "Địa chỉ đăng nhập mới được đề nghị" in history
    client.post(link(), {"present": "mật khẩu của người quản trị"})
    minh.refresh_from_db()
    assert minh.email == "minh@ocop.example"


def test_office_elsewhere_and_a_colleague_may_not_ask(log_in: LogIn) -> None:
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh")
    colleague = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Mơ")
    far = make.officer(Role.ADMINISTRATOR, make.province("Tỉnh Lâm Đồng", "68"))
    url = reverse("registry:person-address", args=[minh.pk])
    sent = {"email": NEW, "reason": "x"}

    assert log_in(colleague).post(url, sent).status_code == 403
    assert log_in(far).post(url, sent).status_code == 404
    assert not AddressChange.objects.exists()
