from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from scoring.selectors.criteria import gate_table
from scoring.selectors.rubrics import rubric_of
from tests.factories.rubrics import edition
from tests.scoring.domain.tables import best

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

TEA = "/tieu-chi/2026/11/"
CALCULATOR = TEA + "tinh-diem/"


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def address(choices: dict[str, str | None], *grounds: str) -> str:
    sent = [(f"c-{code}", chosen or "khong") for code, chosen in choices.items()]
    return f"{CALCULATOR}?{urlencode([*sent, *(('f', each) for each in grounds)])}"


def test_the_list_names_every_set_and_why_one_is_a_draft(client: Client) -> None:
    edition("2026", 11)
    edition("2019", 26)

    page = text(client, "/tieu-chi/")

    assert f'href="{TEA}"' in page
    assert "Chưa dùng để chấm vì:" in page
    assert "Chưa có dữ liệu tiêu chí." in page
    assert "Chưa có bảng tiêu chí đáng tin cậy của quyết định này" in page


def test_the_list_asks_the_same_for_one_set_and_for_many(
    client: Client, django_assert_num_queries: Any
) -> None:
    edition("2019", 26)
    with django_assert_num_queries(3):
        client.get("/tieu-chi/")

    for number in range(1, 10):
        edition("2026", number)
        edition("2019", number)
        edition("2019", number + 21 if number < 5 else number + 9)
    with django_assert_num_queries(3):
        client.get("/tieu-chi/")


def test_a_set_shows_gates_exclusions_notes_clauses_and_what_is_unverified(client: Client) -> None:
    found = edition("2026", 11)

    page = text(client, TEA)

    table = rubric_of(found)
    for criterion in table.criteria:
        assert f'id="tc-{criterion.code.replace(".", "-")}"' in page
        assert criterion.clause in page
    assert page.count("tối thiểu cho 3 sao") == 8
    assert page.count('<span class="badge badge--warn">chưa kiểm chứng</span>') == 2
    assert "Hồ sơ giả mạo" in page
    assert "Loại khỏi đánh giá:" in page
    assert found.content_hash in page


def test_the_gates_stand_as_one_table_of_stars(client: Client) -> None:
    """3.5 asks 1, then 2 points; 4.1 asks 2, 3 and 5; a criterion without gates has no line."""
    table = gate_table(rubric_of(edition("2026", 11)))

    assert table is not None
    assert table.stars == (3, 4, 5)
    least = {line.criterion.code: line.least for line in table.lines}
    assert (least["3.5"], least["4.1"], least["1.5"]) == ((1, 2, None), (2, 3, 5), (None, 2, 3))
    assert "1.2" not in least
    assert gate_table(rubric_of(edition("2019", 1))) is None
    page = text(client, "/tieu-chi/2026/11/")
    assert page.count("≥ 2<span") == sum(row.count(2) for row in least.values())


def test_the_two_cases_of_a_criterion_stand_under_their_names(client: Client) -> None:
    edition("2026", 26)

    page = text(client, "/tieu-chi/2026/26/")

    assert "Dịch vụ do cộng đồng cung cấp" in page


def test_a_draft_is_shown_with_its_faults_but_neither_scored_nor_printed(client: Client) -> None:
    edition("2019", 22)

    page = text(client, "/tieu-chi/2019/22/")

    assert "Bản nháp: chưa dùng để chấm" in page
    assert "tinh-diem" not in page
    assert client.get("/tieu-chi/2019/22/tinh-diem/").status_code == 404
    assert client.get("/tieu-chi/2019/22/phieu.pdf").status_code == 404


def test_a_draft_that_was_begun_and_never_filled_leaves_the_list_standing(client: Client) -> None:
    begun = edition("2019", 22)
    begun.content = {}
    begun.save(update_fields=["content"])

    assert "Bản nháp" in text(client, "/tieu-chi/")
    assert client.get("/tieu-chi/2019/22/").status_code == 404


@pytest.mark.parametrize("url", ["/tieu-chi/2026/99/", "/tieu-chi/1999/1/", "/tieu-chi/2026/x/"])
def test_an_unknown_set_is_not_found(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


def test_the_empty_calculator_offers_every_option_and_promises_nothing(client: Client) -> None:
    table = rubric_of(edition("2026", 11))

    page = text(client, CALCULATOR)

    assert all(f'value="{option.id}"' in page for each in table.criteria for option in each.options)
    assert 'id="ket-qua"' not in page


def test_the_calculator_evaluates_and_plans_without_script(client: Client) -> None:
    choices = best(rubric_of(edition("2026", 11))) | {"3.5": "2026.11/3.5/a"}

    page = text(client, address(choices))

    assert "<strong>98</strong>/100" in page
    assert "3 trên 5 sao" in page
    assert "Đường tới 4 sao" in page
    assert "Ít nhất phải nâng 1 tiêu chí. Sau đó: 99 điểm, 5 sao." in page


def test_a_ground_ends_the_calculation(client: Client) -> None:
    choices = best(rubric_of(edition("2026", 11)))

    page = text(client, address(choices, "2026.11/x1"))

    assert "Có căn cứ phải loại hoặc dừng đánh giá" in page
    assert "không cách nâng tiêu chí nào" in page


def test_what_belongs_to_another_set_is_left_out_and_counted(client: Client) -> None:
    edition("2026", 11)

    page = text(
        client, f"{CALCULATOR}?c-1.1=2026.12/1.1/a&c-9.9=khong&c-1.2=2026.11/1.2/a&f=2026.12/x1"
    )

    assert "Đường dẫn có 3 lựa chọn không thuộc bản tiêu chí này" in page


def test_the_calculator_asks_the_database_once(
    client: Client, django_assert_num_queries: Any
) -> None:
    choices = best(rubric_of(edition("2026", 11)))

    with django_assert_num_queries(1):
        client.get(address(choices | {"3.5": None}))


def test_the_blank_sheet_is_the_same_file_for_the_same_content(client: Client) -> None:
    edition("2026", 11)

    first = client.get(TEA + "phieu.pdf")
    cache.clear()
    again = client.get(TEA + "phieu.pdf")

    assert (first.status_code, first["Content-Type"]) == (200, "application/pdf")
    assert first.content == again.content
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(first.content)).pages)
    assert "PHIẾU ĐÁNH GIÁ SẢN PHẨM" in words
    assert "Không đạt mức nào" in words
