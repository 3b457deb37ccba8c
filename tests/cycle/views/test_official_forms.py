"""The official forms of a dossier, read back from the PDF."""

import re
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from cycle.models import Dossier
from registry.domain.regime import Level
from tests.conftest import LogIn
from tests.factories import cycle
from tests.factories import scoring as make
from tests.factories.cycle import NOW

pytestmark = pytest.mark.django_db


def words(browser: Client, name: str, *args: object) -> str:
    """The text of a form, in one line."""
    answer = browser.get(reverse(name, args=args))
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_a_draft_prints_its_registration_form_and_says_that_it_is_a_draft(log_in: LogIn) -> None:
    dossier = cycle.filled_dossier(regime="2026")
    owner = log_in(cycle.owner_of(dossier.enrolment))

    text = words(owner, "cycle:registration-pdf", dossier.pk)

    assert "Mẫu 01 (QĐ 26/2026/QĐ-TTg)" in text
    assert "Bản đang soạn, chưa nộp" in text
    assert dossier.enrolment.product.subject.name in text
    assert "1 minh chứng; 5 mẫu sản phẩm" in text
    assert "PHẦN GHI CỦA UBND CẤP XÃ" in text


def test_a_lodged_form_says_what_was_handed_in_whatever_changed_since(log_in: LogIn) -> None:
    dossier = cycle.lodged_dossier()
    subject = dossier.enrolment.product.subject
    before = subject.representative_name
    subject.representative_name = "Người Khác"
    subject.save()
    officer = log_in(cycle.officer_for(dossier.enrolment, Level.DISTRICT))

    text = words(officer, "cycle:registration-pdf", dossier.pk)

    assert before in text
    assert "Người Khác" not in text
    assert "Bản đang soạn" not in text
    assert "PHẦN GHI CỦA" not in text


def test_the_commune_report_is_printed_once_there_is_one(log_in: LogIn) -> None:
    waiting = cycle.lodged_dossier(regime="2026")
    dossier = cycle.reported_dossier(regime="2026")
    owner = log_in(cycle.owner_of(dossier.enrolment))

    text = words(owner, "cycle:commune-report-pdf", dossier.pk)

    assert "Mẫu 03" in text
    assert "18 trên 25 lao động của xã" in text
    assert "4. Bản sắc, trí tuệ địa phương" in text
    absent = log_in(cycle.owner_of(waiting.enrolment))
    assert absent.get(reverse("cycle:commune-report-pdf", args=[waiting.pk])).status_code == 404


def test_the_report_lists_every_criterion_with_choice_and_evidence(log_in: LogIn) -> None:
    dossier = make.lodged_dossier(regime="2026")
    dossier = Dossier.objects.get(pk=dossier.pk)
    owner = log_in(cycle.owner_of(dossier.enrolment))

    with time_machine.travel(NOW, tick=False):
        text = words(owner, "scoring:self-assessment-pdf", dossier.pk)

    assert "Mẫu 02" in text
    assert "PHẦN III. TỰ ĐÁNH GIÁ THEO BỘ TIÊU CHÍ" in text
    assert "Tổng điểm: 80/100" in text
    for heading in ("PHẦN I. ", "PHẦN II. ", "PHẦN IV. ", "Sở hữu trí tuệ"):
        assert heading in text


def test_a_paper_to_be_filled_in_is_there_where_the_subject_draws_it_up(log_in: LogIn) -> None:
    dossier = cycle.draft_dossier(regime="2026")
    owner = log_in(cycle.owner_of(dossier.enrolment))

    text = words(owner, "cycle:evidence-template", dossier.pk, "labour")

    assert "LAO ĐỘNG ĐỊA PHƯƠNG" in text
    assert "Ngày bắt đầu" in text
    nothing = reverse("cycle:evidence-template", args=[dossier.pk, "test_report"])
    assert owner.get(nothing).status_code == 404
    page = owner.get(reverse("cycle:evidence-item", args=[dossier.pk, "labour"])).content.decode()
    assert "Ví dụ tốt:" in page
    assert reverse("cycle:evidence-template", args=[dossier.pk, "labour"]) in page
