"""The country as a map of tiles: one square for each province, and the two archipelagos at sea.

A tile says how many products there are in words and by its shade; the list beside the map says the
same. Shades are quarters of the largest count, so the picture does not pretend to more precision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SHADES = 4


@dataclass(frozen=True)
class Tile:
    """The place of a province; an archipelago bears its own name and leads to its province."""

    province: str
    column: int
    row: int
    name: str = ""


def tiles_from(record: Mapping[str, Any]) -> tuple[Tile, ...]:
    """The tiles of the data file; two on one place, or an archipelago of nowhere, is an error."""
    land = [Tile(code, column, row) for code, (column, row) in record["tiles"].items()]
    sea = [
        Tile(each["province"], each["place"][0], each["place"][1], each["name"])
        for each in record["archipelagos"]
    ]
    places = {(tile.column, tile.row) for tile in (*land, *sea)}
    if len(places) != len(land) + len(sea):
        raise ValueError("two tiles on one place")
    if unknown := {tile.province for tile in sea} - {tile.province for tile in land}:
        raise ValueError(f"archipelago of no province: {sorted(unknown)}")
    return (*land, *sea)


def shade(count: int, most: int) -> int:
    """0 for none, then 1 to 4 by quarters of the largest count."""
    return -(-count * SHADES // most) if count else 0


def lines_of(name: str) -> tuple[str, ...]:
    """A name on at most two lines, as even as its words allow: “Hồ Chí” and “Minh”."""
    words = name.split()
    cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    return min(cuts, key=lambda cut: max(map(len, cut)), default=(name,))
