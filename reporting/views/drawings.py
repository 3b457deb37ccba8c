"""What the statistics draw: columns of the years, and the map of tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from promotion.views.tile_map import TileMap, tile_map
from registry.models import Unit
from reporting.domain.tables import Dimension
from reporting.views.shown import Piece, Sheet

HEIGHT = 160
STEP, WIDTH = 64, 40


@dataclass(frozen=True)
class YearColumn:
    """One day of the trend: its stacked pieces from the bottom, and what they add up to."""

    day: date
    x: int
    pieces: tuple[Piece, ...]
    counts: tuple[int, ...]
    total: int


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


def map_of(sheet: Sheet, provinces: Mapping[str, Unit]) -> TileMap | None:
    """The provinces by their totals; none where one province was chosen."""
    if sheet.choice.province or sheet.choice.former or sheet.choice.commune:
        return None
    totals = {str(row.value): row.total for row in sheet.table(Dimension.PROVINCE).rows}
    return tile_map(totals, provinces, lambda province: sheet.url(province=province))
