"""What the statistics draw: columns of the years, and the map of tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from promotion.domain import tiles
from promotion.selectors.tiles import tiles as every_tile
from registry.models import Unit
from reporting.domain.tables import Dimension
from reporting.views.shown import Piece, Sheet

HEIGHT = 160
STEP, WIDTH = 64, 40
TILE_WIDTH, TILE_HEIGHT, GAP = 100, 84, 6


@dataclass(frozen=True)
class YearColumn:
    """One day of the trend: its stacked pieces from the bottom, and what they add up to."""

    day: date
    x: int
    pieces: tuple[Piece, ...]
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class ShownTile:
    """One tile of the map: place, words, shade, and where it leads."""

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


def columns_of(
    trend: Sequence[tuple[date, Mapping[int, int]]], stars: Sequence[int]
) -> list[YearColumn]:
    """The highest column fills the picture; the lowest star stands at the bottom."""
    totals = [sum(counts.get(star, 0) for star in stars) for _day, counts in trend]
    most = max(totals, default=0)
    columns = []
    for place, ((day, counts), total) in enumerate(zip(trend, totals, strict=True)):
        pieces, bottom = [], HEIGHT
        for star in reversed(stars):
            height = counts.get(star, 0) * HEIGHT // most if most else 0
            bottom -= height
            pieces.append(Piece(star, bottom, height))
        columns.append(
            YearColumn(
                day,
                place * STEP,
                tuple(piece for piece in pieces if piece.width),
                tuple(counts.get(star, 0) for star in stars),
                total,
            )
        )
    return columns


def tile_map(sheet: Sheet, provinces: Mapping[str, Unit]) -> TileMap | None:
    """The provinces by their totals; none where one province was chosen."""
    if sheet.choice.province or sheet.choice.former or sheet.choice.commune:
        return None
    totals = {row.value: row.total for row in sheet.table(Dimension.PROVINCE).rows}
    most = max(totals.values(), default=0)
    drawn = []
    for tile in every_tile():
        unit = provinces.get(tile.province)
        if unit is None:
            continue
        count, name = totals.get(tile.province, 0), tile.name or unit.short_name
        drawn.append(
            ShownTile(
                x=tile.column * (TILE_WIDTH + GAP),
                y=tile.row * (TILE_HEIGHT + GAP),
                lines=tiles.lines_of(name),
                title=f"{name} ({unit.short_name})" if tile.name else name,
                count=count,
                shade=tiles.shade(count, most),
                url=sheet.url(province=tile.province),
                is_sea=bool(tile.name),
            )
        )
    right = max((tile.x for tile in drawn), default=0) + TILE_WIDTH
    bottom = max((tile.y for tile in drawn), default=0) + TILE_HEIGHT
    return TileMap(tuple(drawn), right, bottom)
