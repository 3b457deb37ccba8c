"""The idea and the plan as PDF of the official form."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from cycle.services import ideas, printing
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from tests.factories import cycle, registry
from tests.factories.cycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_form_holds_what_was_written_and_to_whom() -> None:
    row = cycle.with_plan_submitted(cycle.enrolment(regime="2019"))

    idea = printing.data_of(row.idea, at=NOW)
    plan = printing.data_of(row.plan, at=NOW + timedelta(days=9))

    assert idea["form"] == "Biểu 01, 02 (QĐ 1048/QĐ-TTg)"
    district = cycle.unit_of(row.commune, Level.DISTRICT).name
    assert idea["addressee"].casefold() == f"ủy ban nhân dân {district}".casefold()
    assert idea["items"][0] == {
        "title": "Sản phẩm là gì, làm từ gì, làm thế nào",
        "text": "Chè búp sao tay",
    }
    assert [each["text"] for each in plan["items"]][6:9] == [
        "500.000.000 đồng",
        "300.000.000 đồng",
        "",
    ]
    assert idea["place_and_date"] == plan["place_and_date"]
    assert idea["is_submitted"] is True


def test_a_draft_says_that_it_is_one() -> None:
    row = cycle.enrolment(regime="2026")

    data = printing.data_of(row.idea, at=NOW)

    assert (data["is_submitted"], data["form"]) == (False, "")


@pytest.mark.parametrize("name", ["idea-pdf", "plan-pdf"])
def test_who_sees_the_page_has_the_pdf(name: str) -> None:
    row = cycle.with_plan_submitted(cycle.enrolment())
    page = reverse(f"cycle:{name}", args=[row.pk])

    for user in (cycle.owner_of(row), cycle.appraiser_for(row)):
        answer = client_of(user).get(page)
        assert answer.content.startswith(b"%PDF-")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Cache-Control"] == "no-store"
    assert client_of(registry.person()).get(page).status_code == 404
    assert client_of(cycle.owner_of(row)).post(page).status_code == 405


def test_markup_in_a_text_is_a_text_and_the_same_content_gives_the_same_bytes() -> None:
    row = cycle.enrolment()
    by = cycle.owner_of(row)
    text = '#panic("x") *đậm* [[ $ \\ 🍵\n' + "Dòng dài " * 900
    idea = ideas.save(row.idea, version=row.idea.version, description=text, by=by, at=NOW)

    first, second = (printing.pdf_of(idea, at=NOW) for _ in range(2))

    assert first == second
    assert first.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("name", "regime", "heading", "form"),
    [
        ("cycle:idea-blank", "2019", "PHIẾU ĐĂNG KÝ Ý TƯỞNG SẢN PHẨM", "Biểu 01, 02"),
        ("cycle:plan-blank", "2019", "PHƯƠNG ÁN SẢN XUẤT KINH DOANH", "Biểu 03"),
        ("cycle:plan-blank", "2026", "PHƯƠNG ÁN SẢN XUẤT KINH DOANH", ""),
        ("cycle:idea-blank", "khong-co", "PHIẾU ĐĂNG KÝ Ý TƯỞNG SẢN PHẨM", "Biểu 01, 02"),
    ],
)
def test_everybody_downloads_the_empty_model_form(
    client: Client, name: str, regime: str, heading: str, form: str
) -> None:
    answer = client.get(reverse(name), {"bo-quy-dinh": regime})

    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert answer["Content-Type"] == "application/pdf"
    assert heading in text
    assert ("QĐ 1048/QĐ-TTg" in text) is bool(form)
    assert form in text
    assert "Bản đang soạn" not in text


def test_page_of_sessions_offers_the_model_forms(client: Client) -> None:
    page = client.get(reverse("cycle:session-list")).content.decode()

    assert reverse("cycle:idea-blank") in page
    assert reverse("cycle:plan-blank") in page
