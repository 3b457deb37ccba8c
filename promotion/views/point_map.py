"""The small map beside the list of points of sale; all it shows is said by the list too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt

from promotion.domain.country_map import COUNTRY, ISLANDS, Frame, frame_around
from promotion.models import PointOfSale
from promotion.selectors.points import Cell, counts
from registry.models import Unit

LEAST_RADIUS, MOST_RADIUS, SHARED_RADIUS, FAINT_RADIUS = 15, 34, 26, 4


@dataclass(frozen=True)
class Dot:
    """A circle on the map with the number written in it; faint ones have none."""

    x: int
    y: int
    radius: int
    text: str = ""


@dataclass(frozen=True)
class Word:
    """A name that always stands on the map."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Sketch:
    """A finished map in whole units."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    words: tuple[Word, ...] = ()


def country_sketch(cells: Iterable[Cell], provinces: Mapping[str, Unit]) -> Sketch:
    """Every province as a dot, those with points larger and with their number."""
    found = counts(cells, "province")
    dots = [
        _bubble(COUNTRY, unit, found.get(code, 0))
        for code, unit in provinces.items()
        if unit.latitude is not None and unit.longitude is not None
    ]
    dots.sort(key=lambda dot: dot.radius)
    words = (Word(*COUNTRY.place(lat, lng), name) for name, lat, lng in ISLANDS)
    return Sketch(COUNTRY.width, COUNTRY.height, tuple(dots), tuple(words))


def close_sketch(
    rows: Sequence[PointOfSale], communes: Iterable[Unit], *, first: int
) -> Sketch | None:
    """The places of the page, numbered as the list numbers them, among the province's communes.

    Places on one spot share a circle. None where none is located.
    """
    spots: dict[tuple[float, float], list[int]] = {}
    for number, point in enumerate(rows, start=first):
        if (place := whereabouts(point)) is not None:
            spots.setdefault(place, []).append(number)
    if not spots:
        return None
    around = [
        (unit.latitude, unit.longitude)
        for unit in communes
        if unit.latitude is not None and unit.longitude is not None
    ]
    frame = frame_around([*spots, *around])
    faint = (Dot(*frame.place(*place), FAINT_RADIUS) for place in around)
    dots = (
        Dot(
            *frame.place(*place),
            LEAST_RADIUS if len(numbers) == 1 else SHARED_RADIUS,
            str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}",
        )
        for place, numbers in reversed(spots.items())
    )
    return Sketch(frame.width, frame.height, (*faint, *dots))


def whereabouts(point: PointOfSale) -> tuple[float, float] | None:
    """Its own coordinates, else those of its commune."""
    if point.latitude is not None and point.longitude is not None:
        return float(point.latitude), float(point.longitude)
    unit = point.commune
    if unit is None or unit.latitude is None or unit.longitude is None:
        return None
    return unit.latitude, unit.longitude


def _bubble(frame: Frame, unit: Unit, count: int) -> Dot:
    assert unit.latitude is not None  # noqa: S101 - the caller chose those that have it
    assert unit.longitude is not None  # noqa: S101
    place = frame.place(unit.latitude, unit.longitude)
    if not count:
        return Dot(*place, FAINT_RADIUS)
    return Dot(*place, min(LEAST_RADIUS + 2 * isqrt(count), MOST_RADIUS), str(count))
