"""Common faults counted by hand: products, not requests; few are not told."""

import pytest

from reporting.domain.faults import Fault, FaultRow, common_faults, masked


def faults(item: str, **products: str) -> list[Fault]:
    """`p1="incorrect"`: product 1 was asked to mend the item because it was incorrect."""
    return [Fault(int(name.removeprefix("p")), item, reason) for name, reason in products.items()]


def test_a_product_counts_once_however_often_it_was_returned() -> None:
    asked = faults("label", p1="incomplete", p2="incomplete", p3="incomplete")

    table = common_faults([*asked, *asked, Fault(1, "label", "incomplete")])

    assert table.rows == (FaultRow("label", 3, {"incomplete": 3}),)
    assert (table.products, table.rest) == (3, None)


def test_items_of_fewer_than_three_products_go_into_the_rest() -> None:
    """Label: 1, 2, 3, 4. Story: 1, 5. Photograph: 6. The rest: 1, 5, 6 are three products."""
    label = faults("label", p1="incorrect", p2="incorrect", p3="incorrect", p4="incorrect")
    story, photograph = faults("story", p1="other", p5="other"), faults("photograph", p6="other")

    table = common_faults([*label, *story, *photograph])

    assert [(row.item, row.products) for row in table.rows] == [("label", 4)]
    assert (table.products, table.rest) == (6, 3)


def test_a_rest_of_two_products_is_not_told() -> None:
    label = faults("label", p1="incorrect", p2="incorrect", p3="incorrect")

    table = common_faults([*label, *faults("story", p1="other", p5="other")])

    assert (table.products, table.rest) == (4, None)


def test_reasons_are_told_where_each_has_three_products() -> None:
    """Six products: three incorrect, three incomplete, of which 1 was both."""
    asked = [
        *faults("label", p1="incorrect", p2="incorrect", p3="incorrect"),
        *faults("label", p1="incomplete", p4="incomplete", p5="incomplete"),
    ]

    (row,) = common_faults(asked).rows

    assert (row.products, row.reasons) == (5, {"incomplete": 3, "incorrect": 3})


def test_one_rare_reason_keeps_all_reasons_of_its_item_untold() -> None:
    """Else 5 products less 4 incorrect would tell of the one that was outdated."""
    asked = faults(
        "label", p1="incorrect", p2="incorrect", p3="incorrect", p4="incorrect", p5="outdated"
    )

    (row,) = common_faults(asked).rows

    assert (row.products, row.reasons) == (5, {})


def test_the_most_frequent_stands_first() -> None:
    label = faults("label", p1="other", p2="other", p3="other")
    story = faults("story", p1="other", p2="other", p3="other", p4="other")

    assert [row.item for row in common_faults([*label, *story]).rows] == ["story", "label"]


@pytest.mark.parametrize("asked", [[], faults("label", p1="other", p2="other")])
def test_too_few_tell_nothing(asked: list[Fault]) -> None:
    table = common_faults(asked)

    assert (table.rows, table.products, table.rest) == ((), None, None)


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Nhãn của Chè đinh Tân Cương thiếu hạn dùng", "Nhãn của … thiếu hạn dùng"),
        ("CHÈ ĐINH TÂN CƯƠNG: mờ", "…: mờ"),
        ("Gọi bà Lan 0912 345 678", "Gọi … …"),
        ("Gửi về lan@ocop.example nhé", "Gửi về … nhé"),
        ("Thiếu 3 ảnh, cần 12 ảnh", "Thiếu 3 ảnh, cần 12 ảnh"),
    ],
)
def test_a_remark_is_told_without_names(note: str, told: str) -> None:
    assert masked(note, ["Chè đinh Tân Cương", "bà Lan", ""]) == told
