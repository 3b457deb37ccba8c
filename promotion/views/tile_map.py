"""The map of tiles as it is drawn: one for every page that counts by province."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from promotion.domain import tiles
from promotion.selectors.tiles import tiles as every_tile
from registry.models import Unit

WIDTH, HEIGHT, GAP = 100, 84, 6


@dataclass(frozen=True)
class ShownTile:
    """One tile: place, words, shade, and where it leads."""

    x: int
    y: int
    lines: tuple[str, ...]
    title: str
    count: int
    shade: int
    url: str
    is_sea: bool


@dataclass(frozen=True)
class TileMap:
    """The drawing with its size."""

    tiles: tuple[ShownTile, ...]
    width: int
    height: int
    tile_width: int = WIDTH
    tile_height: int = HEIGHT


def tile_map(
    counts: Mapping[str, int], provinces: Mapping[str, Unit], url_of: Callable[[str], str]
) -> TileMap:
    """The provinces, shaded by their counts; `url_of` says where a province's code leads."""
    most = max(counts.values(), default=0)
    drawn = tuple(
        _shown(tile, provinces[tile.province], counts.get(tile.province, 0), most, url_of)
        for tile in every_tile()
        if tile.province in provinces
    )
    right = max((tile.x for tile in drawn), default=0) + WIDTH
    bottom = max((tile.y for tile in drawn), default=0) + HEIGHT
    return TileMap(drawn, right, bottom)


def _shown(
    tile: tiles.Tile, unit: Unit, count: int, most: int, url_of: Callable[[str], str]
) -> ShownTile:
    name = tile.name or unit.short_name
    return ShownTile(
        x=tile.column * (WIDTH + GAP),
        y=tile.row * (HEIGHT + GAP),
        lines=tiles.lines_of(name),
        title=f"{name} ({unit.short_name})" if tile.name else name,
        count=count,
        shade=tiles.shade(count, most),
        url=url_of(tile.province),
        is_sea=bool(tile.name),
    )
