"""Repeated writes, versions, and what a program may send."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop_portal.accounts.models import User
from ocop_portal.clients import answers
from ocop_portal.clients.models import KeptAnswer
from registry.models import Subject, Unit
from tests.conftest import LogIn
from tests.factories import registry as make

pytestmark = pytest.mark.django_db
SUBJECTS = "/api/v1/subjects/"


def sent(commune: Unit, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Hợp tác xã Suối Bạc",
        "kind": "cooperative_group",
        "representative_name": "Nguyễn Thị Lan",
        "phone": "0912 345 678",
        "commune": commune.code,
        **changes,
    }


@pytest.fixture
def browser(producer: User, log_in: LogIn) -> Client:
    return log_in(producer)


def post(browser: Client, body: Any, key: str = "") -> Any:
    headers = {"idempotency-key": key} if key else {}
    return browser.post(SUBJECTS, body, content_type="application/json", headers=headers)


@pytest.mark.embedded
def test_write_when_sent_twice_with_a_key_then_it_is_done_once(browser: Client) -> None:
    commune = make.commune()

    first, second = (post(browser, sent(commune), "k1") for _time in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first["Location"] == second["Location"] == f"{SUBJECTS}{first.json()['id']}/"
    assert (first.get("Idempotency-Replayed"), second["Idempotency-Replayed"]) == (None, "true")
    assert Subject.objects.filter(name="Hợp tác xã Suối Bạc").count() == 1


def test_write_when_the_key_comes_with_another_body_then_it_is_422(browser: Client) -> None:
    commune = make.commune()
    post(browser, sent(commune), "k1")

    response = post(browser, sent(commune, name="Khác"), "k1")

    assert (response.status_code, response.json()["code"]) == (422, "key_reused")
    assert not Subject.objects.filter(name="Khác").exists()


def test_write_when_refused_then_the_key_may_be_used_again(browser: Client) -> None:
    commune = make.commune()

    refused = post(browser, sent(commune, tax_code="0100109107"), "k1")
    mended = post(browser, sent(commune), "k1")

    assert (refused.status_code, refused.json()["field"]) == (422, "tax_code")
    assert mended.status_code == 201


def test_key_of_one_person_is_not_another_persons(
    browser: Client, stranger: User, log_in: LogIn
) -> None:
    commune = make.commune()

    mine = post(browser, sent(commune), "k1")
    theirs = post(log_in(stranger), sent(commune), "k1")

    assert mine.json()["id"] != theirs.json()["id"]


def test_key_when_it_is_too_long_then_it_is_422(browser: Client) -> None:
    response = post(browser, sent(make.commune()), "k" * 101)

    assert (response.status_code, response.json()["field"]) == (422, "Idempotency-Key")


def test_kept_answers_are_forgotten_after_two_days(browser: Client) -> None:
    post(browser, sent(make.commune()), "k1")
    now = timezone.now()

    assert answers.forget_old(at=now) == 0
    assert answers.forget_old(at=now + answers.KEPT_FOR) == 1
    assert not KeptAnswer.objects.exists()


def put(browser: Client, row: dict[str, Any], etag: str | None, **changes: Any) -> Any:
    headers = {} if etag is None else {"if-match": etag}
    body = sent(make.commune(), **changes)
    return browser.put(
        f"{SUBJECTS}{row['id']}/", body, content_type="application/json", headers=headers
    )


def test_change_when_the_version_is_the_one_read_then_it_is_made(browser: Client) -> None:
    row = post(browser, sent(make.commune())).json()

    response = put(browser, row, '"1"', phone="0987 654 321")

    assert (response.status_code, response["ETag"]) == (200, '"2"')
    assert response.json()["phone"] == "0987 654 321"


def test_change_when_somebody_was_faster_then_it_is_412_with_the_current_version(
    browser: Client,
) -> None:
    row = post(browser, sent(make.commune())).json()
    put(browser, row, '"1"', phone="0987 654 321")

    response = put(browser, row, '"1"', phone="0111 111 111")

    assert (response.status_code, response["ETag"]) == (412, '"2"')
    assert response.json()["version"] == 2
    assert Subject.objects.get(pk=row["id"]).phone == "0987 654 321"


@pytest.mark.parametrize(("etag", "status"), [(None, 428), ("*", 428), ("1", 422), ('"x"', 422)])
def test_change_without_a_readable_version_is_refused(
    browser: Client, etag: str | None, status: int
) -> None:
    row = post(browser, sent(make.commune())).json()

    assert put(browser, row, etag).status_code == status


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"name": "x", "extra": 1}, 422, "extra"),
        ({"name": "x"}, 422, "kind"),
        ([], 422, "non_field_errors"),
        ("{", 400, ""),
        (b"\xff\xfe", 400, ""),
        ("[" * 3000, 400, ""),
    ],
)
def test_body_that_cannot_be_used_is_told_why(
    browser: Client, body: Any, status: int, field: str
) -> None:
    response = post(browser, body)

    assert (response.status_code, response.json()["field"]) == (status, field)
    assert response["Content-Type"] == "application/problem+json"


def test_body_of_fifty_megabytes_is_413(browser: Client) -> None:
    response = post(browser, b" " * 50_000_000)

    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_body_that_is_no_json_is_415(browser: Client) -> None:
    response = browser.post(SUBJECTS, "a=b", content_type="text/plain")

    assert response.status_code == 415


def test_text_is_composed(browser: Client) -> None:
    response = post(browser, sent(make.commune(), name="Che\u0300 La\u0302\u0301m"))

    assert response.json()["name"] == "Ch\u00e8 L\u1ea5m"


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("?nonsense=1", 422, "nonsense"),
        ("?order=tax_code", 422, "order"),
        ("?kind=king", 422, "kind"),
        ("?kind=" + "9" * 40, 422, "kind"),
        ("?page=0", 404, ""),
        ("?page=1000000000", 404, ""),
        ("?page=x", 404, ""),
    ],
)
def test_list_when_the_query_is_not_understood_then_it_is_refused(
    browser: Client, query: str, status: int, field: str
) -> None:
    response = browser.get(SUBJECTS + query)

    assert (response.status_code, response.json()["field"]) == (status, field)


def test_unknown_address_of_the_api_is_a_problem_and_not_a_page(client: Client) -> None:
    response = client.get("/api/v1/nowhere/")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["code"] == "not_found"
