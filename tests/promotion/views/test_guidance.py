"""The guidance: every page in both languages, its decrees with their days, no retyped figure."""

from datetime import date

import pytest
from django.test import Client
from django.utils.html import escape

from promotion.selectors import guidance, guidance_figures
from registry.selectors.law import regime, regimes

SLUGS = [page.slug for page in guidance.pages()]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_index_when_read_then_it_leads_to_every_page(client: Client, language: str) -> None:
    client.cookies["django_language"] = language

    html = client.get("/huong-dan/").content.decode()

    assert [slug for slug in SLUGS if f'href="/huong-dan/{slug}/"' not in html] == []
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_page_when_read_then_title_text_and_decrees(
    client: Client, slug: str, language: str
) -> None:
    client.cookies["django_language"] = language
    page = guidance.page(slug)
    assert page is not None

    html = client.get(f"/huong-dan/{slug}/").content.decode()

    assert escape(page.title.reading(language)) in html
    assert [cited for cited in page.citations if cited.decree.name not in html] == []
    assert "[[" not in html
    assert '<span aria-current="page">' in html


def test_page_when_unknown_then_not_found(client: Client) -> None:
    assert client.get("/huong-dan/khong-co/").status_code == 404


def test_pages_when_counted_then_every_subject_of_the_programme_has_one() -> None:
    assert SLUGS == [
        "gioi-thieu",
        "tieu-chi-san-pham",
        "nguyen-tac",
        "chu-trinh",
        "nhom-san-pham",
        "chu-the",
        "cham-diem",
        "hang-sao",
        "vai-tro-nha-nuoc",
        "loi-ich",
        "muc-tieu-y-nghia",
        "chuong-trinh",
        "ai-lam-gi",
        "quy-trinh-chung-nhan",
    ]


def test_pages_when_cited_then_each_rests_on_a_decree() -> None:
    assert [page.slug for page in guidance.pages() if not page.citations] == []


def test_decree_of_a_rubric_when_dated_then_by_its_regime() -> None:
    decrees = guidance.decrees()

    assert decrees["1048"].applies_from == regime("2019").effective_from
    assert decrees["26"].applies_to is None
    assert decrees["26"].is_in_force(date(2026, 5, 22))
    assert not decrees["26"].is_in_force(date(2026, 5, 21))
    assert not decrees["1048"].is_in_force(date(2023, 2, 24))


@pytest.mark.parametrize(
    ("slug", "language", "sentence"),
    [
        ("cham-diem", "vi", "từ 70 đến dưới 90"),
        ("cham-diem", "vi", "89,95"),
        ("cham-diem", "vi", "không được công nhận"),
        ("chu-the", "vi", "chỉ bộ du lịch"),
        ("hang-sao", "en", "Potential 5 stars"),
        ("nguyen-tac", "en", "general knowledge"),
        ("muc-tieu-y-nghia", "vi", "Năm ý nghĩa"),
        ("muc-tieu-y-nghia", "vi", "10.000 sản phẩm"),
        ("chuong-trinh", "vi", "Bốn quan điểm"),
        ("chuong-trinh", "vi", "Phạm vi và đối tượng"),
        ("chuong-trinh", "vi", "45.000 tỷ đồng"),
        ("chuong-trinh", "vi", "chừng 2.400 sản phẩm"),
        ("chuong-trinh", "en", "Four viewpoints"),
        ("ai-lam-gi", "vi", "Liên minh hợp tác xã"),
        ("ai-lam-gi", "vi", "Hiệp hội doanh nghiệp"),
        ("ai-lam-gi", "vi", "Hội Nông dân"),
        ("ai-lam-gi", "vi", "Trường dạy nghề"),
        ("ai-lam-gi", "vi", "Huyện (đến hết ngày 30/06/2025)"),
        ("ai-lam-gi", "vi", "Bộ Công Thương"),
        ("ai-lam-gi", "en", "Citizens, cooperatives, enterprises"),
        ("quy-trinh-chung-nhan", "vi", "Chấm cho xong, nể nang"),
        ("quy-trinh-chung-nhan", "vi", "hội đồng chuyên ngành"),
        ("quy-trinh-chung-nhan", "en", "Easy marks"),
        ("hang-sao", "vi", "đáp ứng tiêu chuẩn quốc tế"),
    ],
)
def test_page_when_read_then_it_says(
    client: Client, slug: str, language: str, sentence: str
) -> None:
    client.cookies["django_language"] = language

    assert sentence in client.get(f"/huong-dan/{slug}/").content.decode()


def test_legal_names_when_the_page_is_english_then_they_stay_vietnamese(client: Client) -> None:
    client.cookies["django_language"] = "en"

    html = client.get("/huong-dan/cham-diem/").content.decode()

    assert '<strong lang="vi">Quyết định 26/2026/QĐ-TTg</strong>' in html
    assert '<span lang="vi">Quyết định 1048/QĐ-TTg</span>' in html


def test_examples_when_computed_then_the_worked_figures() -> None:
    found = [
        (each.sheets, each.mean, each.shut, each.award.band, each.award.stars)
        for each in guidance_figures.examples()
    ]

    assert found == [
        ("19 × 90; 89", "89,95", 0, 4, 4),
        ("89; 91", "90", 0, 5, 5),
        ("89; 91", "90", 5, 5, 4),
        ("72; 74; 76", "74", 4, 4, 3),
        ("72; 74; 76", "74", 3, 4, None),
        ("70; 69; 70", "69,66", 0, 3, 3),
        ("50", "50", 0, 3, 3),
        ("50", "50", 3, 3, None),
        ("49; 50", "49,5", 0, 2, 2),
        ("29; 30", "29,5", 0, 1, 1),
    ]


def test_bands_when_tabled_then_for_every_scored_regime_from_its_data() -> None:
    tables = guidance_figures.band_tables()

    assert [table.regime.code for table in tables] == [
        each.code for each in regimes() if each.scoring
    ]
    top = tables[0].rows[0]
    assert (top.stars, top.at_least, top.below) == (5, 90, None)


def test_subjects_when_tabled_then_farms_only_since_the_second_programme() -> None:
    named = {row.kind.value: row.named for row in guidance_figures.subject_rows()}

    assert named["farm"] == ("", "all", "all", "all")
    assert named["association"] == ("", "tourism", "tourism", "tourism")
    assert named["cooperative"] == ("all", "all", "all", "all")
