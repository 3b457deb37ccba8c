"""Pictures of a product: how many, how large, in which order."""

import pytest

from registry.domain.errors import RuleBroken
from registry.domain.pictures import (
    MAX_PICTURE_BYTES,
    Shift,
    check_alt,
    check_bytes,
    check_count,
    check_dimensions,
    shifted,
)


@pytest.mark.parametrize(
    ("key", "to", "order"),
    [
        (1, Shift.EARLIER, [1, 2, 3]),
        (1, Shift.LATER, [2, 1, 3]),
        (2, Shift.EARLIER, [2, 1, 3]),
        (3, Shift.EARLIER, [1, 3, 2]),
        (3, Shift.LATER, [1, 2, 3]),
    ],
)
def test_picture_is_moved_one_place_and_stays_at_the_end(
    key: int, to: Shift, order: list[int]
) -> None:
    assert shifted([1, 2, 3], key, to) == order


def test_ninth_picture_is_refused() -> None:
    check_count(7)
    with pytest.raises(RuleBroken, match="tối đa 8 ảnh"):
        check_count(8)


@pytest.mark.parametrize(
    ("size", "code"), [(0, "picture.empty"), (MAX_PICTURE_BYTES + 1, "picture.too_large")]
)
def test_empty_and_too_heavy_files_are_refused(size: int, code: str) -> None:
    check_bytes(MAX_PICTURE_BYTES)
    with pytest.raises(RuleBroken) as refusal:
        check_bytes(size)
    assert (refusal.value.code, refusal.value.field) == (code, "file")


@pytest.mark.parametrize(
    ("width", "height", "code"),
    [(299, 4000, "picture.too_small"), (20_000, 2_001, "picture.too_many_pixels")],
)
def test_dimensions_out_of_bounds_are_refused(width: int, height: int, code: str) -> None:
    check_dimensions(300, 300)
    check_dimensions(20_000, 2_000)
    with pytest.raises(RuleBroken) as refusal:
        check_dimensions(width, height)
    assert refusal.value.code == code


def test_picture_without_words_is_refused() -> None:
    check_alt("Gói chè")
    with pytest.raises(RuleBroken) as refusal:
        check_alt("")
    assert refusal.value.field == "alt"
