"""Names that a person should look at twice."""

import pytest

from registry.domain.likeness import is_alike, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chè đinh Tân Cương", "che dinh tan cuong"),
        ("Chè đinh Tân Cương", "Tân Cương chè đinh"),
        ("Chè đinh Tân Cương", "Chè đinh Tân Cương 200g"),
        ("Mật ong bạc hà Mèo Vạc", "Mật ong hoa bạc hà Mèo Vạc"),
        ("HTX chè Hảo Đạt", "Hợp tác xã chè Hảo Đạt"),
    ],
)
def test_names_that_are_much_alike(one: str, other: str) -> None:
    assert is_alike(one, other)
    assert is_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Chè đinh Tân Cương", "Mật ong bạc hà"), ("Miến dong", "Chè đinh"), ("Chè", "Gạo")],
)
def test_names_that_are_not_alike(one: str, other: str) -> None:
    assert not is_alike(one, other)


def test_likeness_is_a_share_of_all_trigrams() -> None:
    assert likeness("chè", "CHÈ") == 100
    assert likeness("chè", "gạo") == 0
    assert likeness("", "") == 0
