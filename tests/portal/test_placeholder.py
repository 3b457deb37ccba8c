"""The drawn stand-in: always the same for a name, never a request or a style of its own."""

import unicodedata
from xml.etree import ElementTree

import pytest

from ocop_portal.web.placeholder import placeholder_svg

GROUPS = (
    "Thực phẩm",
    "Đồ uống",
    "Thảo dược",
    "Dược liệu và sản phẩm từ dược liệu",
    "Vải và may mặc",
    "Hàng thủ công mỹ nghệ",
    "Sinh vật cảnh",
    "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch",
    "",
)


@pytest.mark.parametrize("group", GROUPS)
def test_placeholder_when_drawn_then_well_formed_and_without_style(group: str) -> None:
    picture = placeholder_svg("Chè đinh Tân Cương", group)

    ElementTree.fromstring(picture)  # noqa: S314 # our own text
    assert "style" not in picture
    assert "href" not in picture
    assert len(picture) < 3000


def test_placeholder_when_asked_twice_then_the_same_and_another_name_differs() -> None:
    tea = placeholder_svg("Chè đinh", "Đồ uống")

    assert tea == placeholder_svg("Chè đinh", "Đồ uống")
    assert tea == placeholder_svg(unicodedata.normalize("NFD", "Chè đinh"), "Đồ uống")
    assert tea != placeholder_svg("Chè móc câu", "Đồ uống")


def test_placeholder_when_the_group_differs_then_the_sign_differs() -> None:
    pictures = {placeholder_svg("Một tên", group) for group in GROUPS[:3]}

    assert len(pictures) == 3


def test_placeholder_when_the_name_holds_markup_then_none_of_it_is_drawn() -> None:
    assert "<script" not in placeholder_svg("<script>alert(1)</script>", '"><script>')
