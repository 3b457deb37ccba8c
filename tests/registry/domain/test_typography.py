"""Vietnamese text on paper."""

import unicodedata

import pytest

from registry.domain.typography import typeset, typeset_all


@pytest.mark.parametrize(
    ("typed", "paper"),
    [
        ("đạt  4 sao", "đạt 4~sao"),
        ("theo Điều 7.4 và Phụ lục II", "theo Điều~7.4 và Phụ lục~II"),
        ("ngày 05 tháng 6 năm 2026", "ngày~05~tháng~6~năm~2026"),
        ("Quyết định số 15/QĐ-UBND", "Quyết định số~15/QĐ-UBND"),
        ("500 g ; 12 ha .", "500~g; 12~ha."),
        ("( xem Mẫu 02 )", "(xem Mẫu~02)"),
        ("Bà Lan, TP. Huế", "Bà~Lan, TP.~Huế"),
        ("chè gói 5 gói", "chè gói 5 gói"),
        ("Phần A: 40 điểm", "Phần~A: 40~điểm"),
        ("một\n  hai ", "một\nhai"),
    ],
)
def test_what_belongs_together_stays_together(typed: str, paper: str) -> None:
    assert typeset(typed) == paper.replace("~", "\u00a0")


def test_text_is_composed_whatever_was_typed() -> None:
    apart = unicodedata.normalize("NFD", "Chè tôm nõn Tân Cương ủ ướp")

    assert typeset(apart) == "Chè tôm nõn Tân Cương ủ ướp"


def test_every_text_of_plain_values_is_set_and_nothing_else_is_touched() -> None:
    values = {"a": ["4 sao", 4], "b": {"c": ("Điều 3", None)}}

    assert typeset_all(values) == {"a": ["4\u00a0sao", 4], "b": {"c": ["Điều\u00a03", None]}}


def test_setting_twice_is_setting_once() -> None:
    text = "Theo Điều 7, 12 sản phẩm đạt 4 sao ( ngày 5 tháng 6 )."

    assert typeset(typeset(text)) == typeset(text)
