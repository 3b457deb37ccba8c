"""Where a place stands on the small map: degrees to the whole units of a drawing.

The country lies between 8° and 23° north; at this scale a degree of longitude is drawn as long as
at 16° north, which keeps shapes familiar. Hoàng Sa and Trường Sa belong on every map.
"""

from collections.abc import Iterable
from dataclasses import dataclass

UNITS_PER_DEGREE = 40
SHRINK_PERCENT = 96  # cosine of 16°
WEST, EAST, SOUTH, NORTH = 101.6, 116.4, 7.6, 23.8
LEAST_SPAN = 0.2  # degrees: one commune is not blown up to a whole map
MARGIN = 0.1


@dataclass(frozen=True)
class Frame:
    """The part of the earth that is drawn, in degrees, and how large a degree is."""

    west: float = WEST
    east: float = EAST
    south: float = SOUTH
    north: float = NORTH
    scale: float = UNITS_PER_DEGREE

    @property
    def width(self) -> int:
        return round((self.east - self.west) * self.scale * SHRINK_PERCENT / 100)

    @property
    def height(self) -> int:
        return round((self.north - self.south) * self.scale)

    def place(self, latitude: float, longitude: float) -> tuple[int, int]:
        """Units from the left and from the top."""
        x = (longitude - self.west) * self.scale * SHRINK_PERCENT / 100
        return round(x), round((self.north - latitude) * self.scale)


COUNTRY = Frame()
ISLANDS = (("Hoàng Sa", 16.5, 112.0), ("Trường Sa", 8.9, 113.4))


def frame_around(places: Iterable[tuple[float, float]], *, width: int = 560) -> Frame:
    """A frame in which all the places (latitude, longitude) have room; the country for none."""
    known = list(places)
    if not known:
        return COUNTRY
    latitudes, longitudes = zip(*known, strict=True)
    span = max(max(latitudes) - min(latitudes), max(longitudes) - min(longitudes), LEAST_SPAN) * (
        1 + 2 * MARGIN
    )
    middle = (max(latitudes) + min(latitudes)) / 2, (max(longitudes) + min(longitudes)) / 2
    return Frame(
        west=middle[1] - span / 2,
        east=middle[1] + span / 2,
        south=middle[0] - span / 2,
        north=middle[0] + span / 2,
        scale=width * 100 / SHRINK_PERCENT / span,
    )
