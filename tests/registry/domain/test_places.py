"""Names, paths and levels of units."""

import pytest

from registry.domain.places import level_at, path_of, read_name, search_text
from registry.domain.regime import Division, Level


@pytest.mark.parametrize(
    ("full", "kind", "short"),
    [
        ("Thành phố Thái Nguyên", "Thành phố", "Thái Nguyên"),
        ("Tỉnh Đồng Nai", "Tỉnh", "Đồng Nai"),
        ("Thị trấn Yên Viên", "Thị trấn", "Yên Viên"),
        ("Thị xã Mường Lay", "Thị xã", "Mường Lay"),
        ("Đặc khu Lý Sơn", "Đặc khu", "Lý Sơn"),
        ("Phường 1", "Phường", "1"),
        ("Xã Tân Cương", "Xã", "Tân Cương"),
    ],
)
def test_name_taken_apart(full: str, kind: str, short: str) -> None:
    name = read_name(full)

    assert (name.kind, name.short) == (kind, short)


def test_name_without_a_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="no known kind"):
        read_name("Tân Cương")


def test_paths_and_levels_of_both_divisions() -> None:
    province = path_of(Division.TWO_TIER, "19", "/")
    former = path_of(Division.THREE_TIER, "19", "/")

    assert (province, former) == ("/2:19/", "/3:19/")
    assert path_of(Division.TWO_TIER, "05503", province) == "/2:19/05503/"
    assert level_at(Division.TWO_TIER, 2) == Level.COMMUNE
    assert level_at(Division.THREE_TIER, 2) == Level.DISTRICT


def test_search_text_begins_with_the_own_name() -> None:
    text = search_text(
        read_name("Phường Long Thành"), code="26368", above=["Đồng Nai"], former=["Xã Long Thành"]
    )

    assert text == "long thanh phuong long thanh dong nai xa long thanh 26368"
