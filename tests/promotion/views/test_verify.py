"""Verification of a certificate by anybody who holds its code."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from promotion.models import CheckCount
from promotion.services import checks, kept_pages, listings
from promotion.views.shared import CLIENT_SECONDS
from scoring.domain.decision_states import DecisionKind
from scoring.models import Certificate
from tests.factories import promotion as make
from tests.factories import registry, scoring

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def held() -> Certificate:
    return make.certificate(registry.product(name="Chè Tân Cương"), stars=4, sha256="ab" * 32)


@pytest.mark.embedded
def test_page_says_all_that_the_paper_says(client: Client, held: Certificate) -> None:
    response = client.get(f"/xac-thuc/{held.code}/")
    page = response.content.decode()

    assert response.status_code == 200
    for words in (
        "Còn hiệu lực",
        "4 trên 5 sao",
        "Chè Tân Cương",
        held.subject_name,
        held.decision.number,
        "02/03/2026",
        "02/03/2029",
        "Ủy ban nhân dân tỉnh Thái Nguyên",
        "Hoàng Sơn, Phó Chủ tịch",
        "127.0.0.1:8000",
    ):
        assert words in page, words


def test_page_may_be_kept_and_sets_no_cookie(
    client: Client, held: Certificate, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        response = client.get(f"/xac-thuc/{held.code}/")

    assert response["Cache-Control"] == "public, max-age=30"
    assert not response.cookies
    assert b"csrf" not in response.content


def test_page_from_the_cache_asks_the_database_nothing(
    client: Client, held: Certificate, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(f"/xac-thuc/{held.code}/")
    with django_assert_num_queries(0):
        second = client.get(f"/xac-thuc/{held.code}/")
        third = client.get(f"/xac-thuc/{held.code}/", headers={"If-None-Match": first["ETag"]})

    assert second.content == first.content
    assert (third.status_code, third.content) == (304, b"")
    assert third["Cache-Control"] == "public, max-age=30"


def test_decision_is_seen_at_once_on_the_server_and_within_a_minute_everywhere(
    client: Client, held: Certificate, django_capture_on_commit_callbacks: Any
) -> None:
    address = f"/xac-thuc/{held.code}/"
    client.cookies["django_language"] = "en"
    assert "Valid" in client.get(address).content.decode()
    del client.cookies["django_language"]
    before = client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        scoring.decided(held, DecisionKind.SUSPEND)

    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "Đang bị tạm dừng" in after.content.decode()
    client.cookies["django_language"] = "en"
    assert "Suspended" in client.get(address).content.decode()
    assert kept_pages.KEPT_SECONDS + CLIENT_SECONDS < 60


def test_looks_are_counted_by_day_without_anything_about_who_looked(
    client: Client, held: Certificate
) -> None:
    for _look in range(3):
        client.get(f"/xac-thuc/{held.code}/")
    client.get(f"/xac-thuc/{make.code(999)}/")

    assert checks.write() == 3
    client.get(f"/xac-thuc/{held.code}/")
    assert checks.write() == 1

    row = CheckCount.objects.get()
    assert (row.certificate, row.on, row.checks) == (held, make.TODAY, 4)
    assert {field.name for field in CheckCount._meta.fields} == {
        "id",
        "certificate",
        "on",
        "checks",
    }


def test_ten_thousand_wrong_codes_are_paused_and_learn_nothing(
    client: Client, held: Certificate
) -> None:
    statuses = Counter(
        client.get(f"/xac-thuc/{make.code(number)}/", REMOTE_ADDR="192.0.2.7").status_code
        for number in range(10_000, 20_000)
    )

    assert statuses == {404: 60, 429: 9_940}
    paused = client.get(f"/xac-thuc/{held.code}/", REMOTE_ADDR="192.0.2.7")
    assert paused.status_code == 429
    assert 0 < int(paused["Retry-After"]) <= 600
    assert paused["Cache-Control"] == "no-store"
    assert "mạng di động" in paused.content.decode()
    assert held.product_name not in paused.content.decode()
    assert client.get(f"/xac-thuc/{held.code}/", REMOTE_ADDR="192.0.2.8").status_code == 200
    for path in ("giay-chung-nhan.pdf", "chung-thu.jwt"):
        again = client.get(f"/xac-thuc/{held.code}/{path}", REMOTE_ADDR="192.0.2.7")
        assert again.status_code == 429


def test_page_shows_nothing_of_who_is_logged_in(held: Certificate) -> None:
    browser = Client()
    browser.force_login(registry.person("Người Quen Mặt"))

    page = browser.get(f"/xac-thuc/{held.code}/").content.decode()

    assert "Người Quen Mặt" not in page
    assert "Quen Mặt" not in page


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.lower(),
        lambda code: f"{code[:4]}-{code[4:8]}-{code[8:]}",
        lambda code: f" {code[:6]} {code[6:]} ",
        lambda code: code.replace("0", "O").replace("1", "l"),
    ],
    ids=["small letters", "hyphens", "spaces", "look-alikes"],
)
def test_form_forgives_how_the_code_was_typed(
    client: Client, held: Certificate, typed: object
) -> None:
    written = typed(held.code)  # type: ignore[operator] # a function of the table

    asked = client.get("/xac-thuc/", {"code": written})
    direct = client.get(f"/xac-thuc/{written}/", follow=True)

    assert asked.status_code == 302
    assert asked["Location"] == f"/xac-thuc/{held.code}/"
    assert "Còn hiệu lực" in direct.content.decode()


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("suspended", "Đang bị tạm dừng"),
        ("revoked", "Đã bị thu hồi"),
        ("superseded", "Đã được thay thế"),
    ],
)
def test_page_tells_what_the_authority_decided(
    client: Client, held: Certificate, word: str, shown: str
) -> None:
    make.change(held, word)

    page = client.get(f"/xac-thuc/{held.code}/").content.decode()

    assert shown in page
    assert "Hạng ghi trên giấy" in page
    assert "stars--large" not in page


def test_page_tells_of_expiry_from_the_day_after_the_last(
    client: Client, held: Certificate
) -> None:
    address = f"/xac-thuc/{held.code}/"
    Certificate.objects.filter(pk=held.pk).update(valid_until=make.TODAY)
    assert "Còn hiệu lực" in client.get(address).content.decode()

    Certificate.objects.filter(pk=held.pk).update(valid_until=date(2026, 11, 19))
    kept_pages.forget(kept_pages.of_certificate(held.code))

    assert "Đã hết hạn" in client.get(address).content.decode()


def test_superseded_one_leads_to_the_new_one(client: Client, held: Certificate) -> None:
    newer = make.certificate(held.product, stars=5, issued_on=date(2026, 6, 1))
    Certificate.objects.filter(pk=held.pk).update(state="superseded", superseded_by=newer)

    page = client.get(f"/xac-thuc/{held.code}/").content.decode()

    assert f"/xac-thuc/{newer.code}/" in page


def test_page_of_the_product_is_linked_while_it_has_one(client: Client, held: Certificate) -> None:
    listing = listings.refresh(held.product, at=make.NOW)
    assert listing is not None
    address = f"/xac-thuc/{held.code}/"
    assert listing.get_absolute_url() in client.get(address).content.decode()

    make.change(held, "revoked")
    kept_pages.forget(kept_pages.of_certificate(held.code))

    assert listing.get_absolute_url() not in client.get(address).content.decode()


@pytest.mark.parametrize("code", ["ABC", "0000-0000-0001", "@@@@@@@@@@@@", "x" * 400])
def test_wrong_code_is_answered_with_the_form_and_advice(client: Client, code: str) -> None:
    direct = client.get(f"/xac-thuc/{code}/")
    asked = client.get("/xac-thuc/", {"code": code})

    for response in (direct, asked):
        assert response.status_code == 404
        assert "So lại từng ký tự" in response.content.decode()
        assert not response.cookies


def test_code_that_could_be_but_is_not(client: Client) -> None:
    page = client.get(f"/xac-thuc/{make.code(999)}/")

    assert page.status_code == 404
    assert "không có giấy chứng nhận nào" in page.content.decode()


def test_form_alone(client: Client) -> None:
    page = client.get("/xac-thuc/")

    assert page.status_code == 200
    assert 'role="alert"' not in page.content.decode()


def test_document_is_given_to_whoever_holds_the_code(client: Client, held: Certificate) -> None:
    address = f"/xac-thuc/{held.code}/giay-chung-nhan.pdf"
    assert client.get(address).status_code == 404
    held.pdf.save("giay.pdf", ContentFile(b"%PDF-1.7 giay"))
    assert client.get(address.replace(held.code, make.code(998))).status_code == 404

    response = client.get(address)

    assert b"".join(response.streaming_content) == b"%PDF-1.7 giay"  # type: ignore[attr-defined] # a file
    assert response["Content-Type"] == "application/pdf"
    assert held.shown_code in response["Content-Disposition"]
    assert client.get("/xac-thuc/ABC/giay-chung-nhan.pdf").status_code == 404
    assert address in client.get(f"/xac-thuc/{held.code}/").content.decode()
