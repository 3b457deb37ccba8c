"""A person takes the own data home, and asks for correction and deletion."""

import json
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop_portal.accounts.models import User
from ocop_portal.clients import tokens
from ocop_portal.clients.scopes import Scope
from ocop_portal.privacy import exports, requests
from ocop_portal.privacy.models import DataExport, DataRequest, RequestKind, RequestState
from promotion.models import Favourite
from registry import duties
from registry.domain.roles import Role
from registry.services import people
from tests.conftest import LogIn
from tests.factories import cycle as make_cycle
from tests.factories import people as cast
from tests.factories import registry as make
from tests.portal.addresses import put_away

pytestmark = pytest.mark.django_db
OWN = "/rieng-tu/cua-toi/"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def minh() -> User:
    return make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh", email="minh@ocop.example")


@pytest.fixture
def head() -> User:
    return make.officer(Role.ADMINISTRATOR, make.province(), "Hạnh")


def package_of(browser: Client, row: DataExport) -> zipfile.ZipFile:
    answer = browser.get(reverse("privacy:own-file", args=[row.pk]))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a file
    put_away(answer)
    return zipfile.ZipFile(BytesIO(content))


def test_the_file_holds_what_the_portal_holds_and_no_secret(minh: User, log_in: LogIn) -> None:
    product = make_cycle.product()
    Favourite.objects.create(user=minh, product=product, added_at=make.NOW)
    token, secret = tokens.make(name="Máy", scopes=[Scope.READ], days=9, by=minh, at=make.NOW)
    browser = log_in(minh)

    browser.post(f"{OWN}tai-ve/")

    package = package_of(browser, DataExport.objects.get())
    whole = json.loads(package.read("du-lieu.json"))
    page = package.read("doc.html").decode()
    titles = " ".join(part["title"] for part in whole["held"])
    for label in ("accounts.User", "registry.Posting", "promotion.Favourite", "clients.ApiToken"):
        assert label in titles
    text = json.dumps(whole, ensure_ascii=False)
    assert "minh@ocop.example" in text
    assert "clients.apitoken" in text
    for hidden in (minh.password, token.digest, secret):
        assert hidden not in text
        assert hidden not in page
    assert "Minh" in page


def test_what_others_wrote_is_listed_without_its_content(minh: User, log_in: LogIn) -> None:
    row = make_cycle.enrolment()
    move = row.moves.create(
        name="x", from_state="a", to_state="b", note="Ý của người khác", by=minh, at=make.NOW
    )
    browser = log_in(minh)
    browser.post(f"{OWN}tai-ve/")

    whole = json.loads(package_of(browser, DataExport.objects.get()).read("du-lieu.json"))

    (part,) = [part for part in whole["held"] if "cycle.Move" in part["title"]]
    assert [line[0] for line in part["rows"]] == [move.pk]
    assert "Ý của người khác" not in json.dumps(whole, ensure_ascii=False)


def test_the_file_is_its_owners_alone_and_ends(minh: User, log_in: LogIn) -> None:
    row = exports.ask(by=minh, at=timezone.now())
    url = reverse("privacy:own-file", args=[row.pk])

    mine, others = log_in(minh).get(url), log_in(make.person()).get(url)
    DataExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    late = log_in(minh).get(url)
    b"".join(mine.streaming_content)  # type: ignore[attr-defined] # reads the file to its end
    put_away(mine)

    assert (mine.status_code, others.status_code, late.status_code) == (200, 404, 404)
    assert Client().get(url).status_code == 302


def test_a_long_file_is_made_in_the_background(
    minh: User, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    browser = log_in(minh)

    browser.post(f"{OWN}tai-ve/")
    waits = DataExport.objects.get()
    shown = browser.get(OWN).content.decode()
    number = exports.make_waiting(at=timezone.now())
    again = exports.make_waiting(at=timezone.now())

    assert not waits.file
    assert "đang được làm" in shown
    assert (number, again) == (1, 0)
    assert "Tải bản dữ liệu" in browser.get(OWN).content.decode()


def test_asking_twice_makes_one_file(minh: User) -> None:
    first = exports.ask(by=minh, at=timezone.now())

    assert exports.ask(by=minh, at=timezone.now()) == first


def test_a_request_has_the_legal_day_and_is_answered_by_who_may_close(
    minh: User, head: User, log_in: LogIn
) -> None:
    with time_machine.travel(make.NOW, tick=False):
        log_in(minh).post(f"{OWN}yeu-cau/correction/", {"text": "Tên đúng là Minh Anh"})
        row = DataRequest.objects.get()
        listed = log_in(head).get(reverse("privacy:request-list"))
        stranger = make.officer(Role.ADMINISTRATOR, make.province("Tỉnh Lâm Đồng", "68"))
        far = log_in(stranger).get(reverse("privacy:request-answer", args=[row.pk]))
        log_in(head).post(
            reverse("privacy:request-answer", args=[row.pk]),
            {"verdict": "approve", "answer": "Đã sửa"},
        )

    row.refresh_from_db()
    assert row.due_at == datetime(2026, 11, 24, 16, 59, tzinfo=UTC)  # Tuesday, 23:59 in Vietnam
    assert [each.pk for each in listed.context["rows"]] == [row.pk]
    assert far.status_code == 404
    assert (row.state, row.answer, row.answered_by) == (RequestState.DONE, "Đã sửa", head)


def test_deletion_asks_for_the_password(minh: User, log_in: LogIn) -> None:
    browser = log_in(minh)

    wrong = browser.post(f"{OWN}yeu-cau/deletion/", {"present": "không phải"})
    none = DataRequest.objects.count()
    browser.post(f"{OWN}yeu-cau/deletion/", {"present": "mat-khau-rat-dai"})

    assert "present" in wrong.context["deletion"].errors
    assert none == 0
    assert DataRequest.objects.get().kind == RequestKind.DELETION


def test_a_request_is_withdrawn_until_it_is_done(minh: User, head: User, log_in: LogIn) -> None:
    row = requests.ask(RequestKind.DELETION, text="", by=minh, at=make.NOW)
    requests.approve(row, answer="", by=head, at=make.NOW)

    log_in(minh).post(reverse("privacy:own-withdraw", args=[row.pk]))

    row.refresh_from_db()
    assert row.state == RequestState.WITHDRAWN
    with pytest.raises(PermissionDenied):
        requests.withdraw(row, by=head, at=make.NOW)


def test_the_only_owner_of_a_producer_is_not_forgotten_yet() -> None:
    lan = cast.lan()
    national = make.officer(Role.ADMINISTRATOR, make.country())
    row = requests.ask(RequestKind.DELETION, text="", by=lan, at=make.NOW)

    with pytest.raises(ValidationError, match="người đứng tên duy nhất"):
        requests.approve(row, answer="", by=national, at=make.NOW)

    assert requests.refuse(row, answer="Còn chủ thể", by=national, at=make.NOW).state == "refused"


def test_a_refusal_needs_its_reason(minh: User, head: User) -> None:
    row = requests.ask(RequestKind.DELETION, text="", by=minh, at=make.NOW)

    with pytest.raises(ValidationError):
        requests.refuse(row, answer=" ", by=head, at=make.NOW)
    requests.approve(row, answer="", by=head, at=make.NOW)
    with pytest.raises(ValidationError):
        requests.refuse(row, answer="Thôi", by=head, at=make.NOW)


def test_nobody_answers_the_own_request(head: User) -> None:
    row = requests.ask(RequestKind.DELETION, text="", by=head, at=make.NOW)

    with pytest.raises(PermissionDenied):
        requests.approve(row, answer="", by=head, at=make.NOW)


def test_a_duty_taken_up_since_stops_the_deletion(
    minh: User, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = requests.ask(RequestKind.DELETION, text="", by=minh, at=make.NOW)
    requests.approve(row, answer="", by=head, at=make.NOW)
    seat = duties.Sort("seat", lambda _who, _at: [duties.Duty(1, "x", "y", stops_others=True)])
    monkeypatch.setattr(duties, "_sorts", {"seat": seat})

    possible = requests.still_possible(row, at=make.NOW)

    row.refresh_from_db()
    assert not possible
    assert row.state == RequestState.WAITING


def test_the_note_is_linked_from_the_sign_up_form_and_the_footer(client: Client) -> None:
    page = client.get(reverse("accounts:sign-up")).content.decode()

    assert page.count(f'href="{reverse("privacy:note")}"') == 2
    assert client.get(reverse("privacy:note")).status_code == 200


def test_the_account_page_leads_to_the_own_data(minh: User, log_in: LogIn) -> None:
    assert OWN in log_in(minh).get(reverse("accounts:profile")).content.decode()


@pytest.mark.parametrize("number", [1, 50])
def test_list_of_requests_costs_the_same_for_any_number(
    number: int, log_in: LogIn, django_assert_num_queries: Any
) -> None:
    national = make.officer(Role.ADMINISTRATOR, make.country())
    for _each in range(number):
        requests.ask(RequestKind.CORRECTION, text="x", by=make.person(), at=make.NOW)
    browser = log_in(national)
    url = reverse("privacy:request-list")
    browser.get(url)

    with django_assert_num_queries(8):
        page = browser.get(url)

    assert len(page.context["rows"]) == number


def test_a_closed_account_still_counts_its_requests(minh: User, head: User) -> None:
    row = requests.ask(RequestKind.DELETION, text="", by=minh, at=make.NOW)
    people.deactivate(minh, reason="Nghỉ", by=head, at=make.NOW)

    assert requests.approve(row, answer="", by=head, at=make.NOW).state == RequestState.APPROVED
