"""The map of tiles, read once from its file."""

import tomllib
from functools import cache
from pathlib import Path

from promotion.domain.tiles import Tile, tiles_from

FILE = Path(__file__).parent.parent / "data" / "province_tiles.toml"


@cache
def tiles() -> tuple[Tile, ...]:
    """Every tile, land first, as the file says."""
    return tiles_from(tomllib.loads(FILE.read_text(encoding="utf-8")))
