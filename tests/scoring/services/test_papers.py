"""The page form of administrative documents (Nghị định 30/2020): head, number, day, recipients."""

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from scoring.domain.decision_states import DecisionKind
from scoring.models import Certificate, Decision, Rating
from scoring.services import decision_papers, result_papers
from scoring.services.letterheads import long_day
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def pages(content: bytes) -> list[str]:
    """The words of each page, one blank between them."""
    found = PdfReader(io.BytesIO(content)).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in found]


@pytest.fixture
def rating() -> Rating:
    return make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 23), "ngày 23 tháng 11 năm 2026"),
    ],
)
def test_a_day_has_a_zero_where_the_form_asks_for_one(day: date, words: str) -> None:
    assert long_day(day) == words


def test_a_draft_says_so_on_every_page_and_leaves_the_number_open(rating: Rating) -> None:
    draft = make.drafted(rating, number="")

    decision, listed = pages(decision_papers.decision_paper(draft))

    assert decision.startswith("DỰ THẢO ỦY BAN NHÂN DÂN")
    assert listed.startswith("DỰ THẢO 2 Phụ lục DANH SÁCH SẢN PHẨM OCOP")
    assert "Số: ……/QĐ-UBND" in decision


def test_a_decision_has_the_page_form_of_the_decree(rating: Rating) -> None:
    draft = make.drafted(rating, number="15/QĐ-UBND", decided_on=date(2026, 12, 3))
    make.signed(draft, at=make.at_day(2026, 12, 3))

    decision, listed = pages(decision_papers.decision_paper(Decision.objects.get()))

    for words in (
        *MOTTO,
        "Số: 15/QĐ-UBND",
        f"{rating.unit.short_name}, ngày 03 tháng 12 năm 2026",
        "Căn cứ Quyết định số 26/2026/QĐ-TTg ngày 22 tháng 5 năm 2026 của Thủ tướng Chính phủ",
        "QUYẾT ĐỊNH:",
        "CHỦ TỊCH",
        "- Như Điều 3;",
        "- Lưu: VT, hồ sơ.",
    ):
        assert words in decision
    assert "DỰ THẢO" not in decision + listed
    named = "Kèm theo Quyết định số 15/QĐ-UBND ngày 03 tháng 12 năm 2026 của Chủ tịch Ủy ban"
    assert named in listed
    assert rating.dossier.enrolment.product.name in listed
    assert "4 sao" in listed


def test_proposal_measure_and_result_have_the_same_head(rating: Rating) -> None:
    draft = make.drafted(rating)
    [proposal] = pages(decision_papers.proposal(draft))
    make.signed(draft)
    measure = make.measure(Certificate.objects.get(), DecisionKind.SUSPEND, at=make.SIGNING)
    [suspension] = pages(decision_papers.decision_paper(measure))
    result = " ".join(pages(result_papers.result_sheet(rating)))

    for paper in (proposal, suspension, result):
        assert all(words in paper for words in MOTTO)
        assert "- Lưu: " in paper
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân" in proposal
    assert suspension.startswith("DỰ THẢO")
    assert "Căn cứ kết luận kiểm tra, xác minh ngày" in suspension
    assert f"- {rating.dossier.enrolment.product.subject.name};" in result
