"""The map of tiles: places, shades, names on two lines."""

import tomllib
from pathlib import Path

import pytest

import promotion
from promotion.domain.tiles import lines_of, shade, tiles_from

FILE = Path(promotion.__file__).parent / "data" / "province_tiles.toml"


def test_country_when_drawn_then_every_province_once_and_the_islands_with_theirs() -> None:
    drawn = tiles_from(tomllib.loads(FILE.read_text(encoding="utf-8")))

    land = [tile.province for tile in drawn if not tile.name]
    sea = {tile.name: tile.province for tile in drawn if tile.name}

    assert len(land) == len(set(land)) == 34
    assert sea == {"Hoàng Sa": "48", "Trường Sa": "56"}


@pytest.mark.parametrize(
    ("places", "province"), [({"01": [0, 0], "04": [0, 0]}, "01"), ({"01": [0, 0]}, "99")]
)
def test_file_when_wrong_then_refused(places: dict[str, list[int]], province: str) -> None:
    record = {
        "tiles": places,
        "archipelagos": [{"name": "Hoàng Sa", "province": province, "place": [3, 3]}],
    }

    with pytest.raises(ValueError, match=r"two tiles|no province"):
        tiles_from(record)


@pytest.mark.parametrize(
    ("count", "most", "expected"),
    [
        (0, 0, 0),
        (0, 9, 0),
        (1, 1, 4),
        (1, 100, 1),
        (25, 100, 1),
        (26, 100, 2),
        (75, 100, 3),
        (76, 100, 4),
    ],
)
def test_shade_when_counted_then_quarters_of_the_largest(
    count: int, most: int, expected: int
) -> None:
    assert shade(count, most) == expected


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Huế", ("Huế",)),
        ("Hà Nội", ("Hà", "Nội")),
        ("Hồ Chí Minh", ("Hồ Chí", "Minh")),
        ("", ("",)),
    ],
)
def test_name_when_long_then_two_even_lines(name: str, lines: tuple[str, ...]) -> None:
    assert lines_of(name) == lines
