"""Two lodgings side by side: what differs, under which item."""

from typing import Any

import pytest

from cycle.domain.comparison import (
    Difference,
    Piece,
    changed_items,
    differences,
    fields_of,
    pieces_of,
)

PAPER = {
    "item": "test_report",
    "item_title": "Kiểm nghiệm",
    "criteria": ["C1"],
    "title": "Phiếu 12",
    "file_name": "phieu.pdf",
    "sha256": "a" * 64,
    "valid_until": "2027-01-31",
}


def lodging(**changes: Any) -> dict[str, Any]:
    return {
        "subject": {"name": "HTX Chè", "phone": "0208 111"},
        "product": {"name": "Chè", "price_from": 100_000},
        "plan": {"goals": "4 sao", "investment": 5},
        "texts": [{"name": "introduction", "title": "Giới thiệu", "text": "25 thành viên"}],
        "evidence": [PAPER],
        "self_assessment": {"choices": {"A1": "a", "A2": None}, "total": 61},
        **changes,
    }


def test_equal_lodgings_do_not_differ() -> None:
    assert differences(lodging(), lodging()) == []
    assert changed_items(lodging(), lodging()) == frozenset()


def test_a_text_a_price_and_a_choice_are_told_with_their_items() -> None:
    after = lodging(
        product={"name": "Chè", "price_from": 120_000},
        texts=[{"name": "introduction", "title": "Giới thiệu", "text": "30 thành viên"}],
        self_assessment={"choices": {"A1": "b", "A2": None}, "total": 64},
    )

    assert differences(lodging(), after) == [
        Difference("register", "Sản phẩm", "Giá từ (đồng)", "100000", "120000"),
        Difference(
            "introduction", "Nội dung hồ sơ", "Giới thiệu", "25 thành viên", "30 thành viên"
        ),
        Difference("self_assessment", "Báo cáo tự đánh giá", "A1", "a", "b"),
        Difference("self_assessment", "Báo cáo tự đánh giá", "Tổng điểm tự đánh giá", "61", "64"),
    ]
    assert changed_items(lodging(), after) == {"register", "introduction", "self_assessment"}


def test_another_file_under_the_same_name_is_a_change() -> None:
    after = lodging(evidence=[{**PAPER, "sha256": "b" * 64}])

    (found,) = differences(lodging(), after)

    assert (found.item, found.before.split(" · ")[-1], found.after.split(" · ")[-1]) == (
        "test_report",
        "a" * 12,
        "b" * 12,
    )


def test_what_a_lodging_does_not_have_is_empty_on_its_side() -> None:
    gone = lodging(evidence=[], texts=[])

    assert [(each.item, each.after) for each in differences(lodging(), gone)] == [
        ("introduction", ""),
        ("test_report", ""),
    ]
    assert [(each.item, each.before) for each in differences(gone, lodging())] == [
        ("introduction", ""),
        ("test_report", ""),
    ]


def test_the_idea_and_the_plan_belong_to_no_item_of_the_dossier() -> None:
    after = lodging(plan={"goals": "5 sao", "investment": 5})

    assert [each.label for each in differences(lodging(), after)] == ["Mục tiêu"]
    assert changed_items(lodging(), after) == frozenset()


def test_an_old_lodging_without_an_assessment_can_be_read() -> None:
    assert {field.value for field in fields_of({"texts": [], "evidence": []})} == {""}


def marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{each.text}]" if each.is_changed else each.text for each in pieces)


@pytest.mark.parametrize(
    ("before", "after", "was", "now"),
    [
        (
            "Vùng chè 12 ha ở La Bằng.\nBa tổ.",
            "Vùng chè 15 ha ở La Bằng.\nBa tổ.",
            "Vùng chè [12] ha ở La Bằng.\nBa tổ.",
            "Vùng chè [15] ha ở La Bằng.\nBa tổ.",
        ),
        ("", "Mới", "", "[Mới]"),
        ("Cũ", "", "[Cũ]", ""),
        (
            "Bán ở chợ và siêu thị",
            "Xuất khẩu và quà",
            "[Bán ở chợ và siêu thị]",
            "[Xuất khẩu và quà]",
        ),
        (
            "x" * 7_000 + "\nmột\nba",
            "x" * 7_000 + "\nhai\nba",
            "x" * 7_000 + "\n[một\n]ba",
            "x" * 7_000 + "\n[hai\n]ba",
        ),
    ],
)
def test_what_differs_is_marked_within_the_text(
    before: str, after: str, was: str, now: str
) -> None:
    pieces = pieces_of(before, after)

    assert (marked(pieces.before), marked(pieces.after)) == (was, now)
    assert "".join(each.text for each in pieces.before) == before
    assert "".join(each.text for each in pieces.after) == after
