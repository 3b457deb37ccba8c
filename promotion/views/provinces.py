"""Recognised products by province: a map of tiles, and the list that says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from promotion.domain import search, tiles
from promotion.filters import ListingFilter
from promotion.selectors import catalogue
from promotion.selectors.tiles import tiles as every_tile
from promotion.views.facets import Sheet, changed
from promotion.views.shared import public_face
from registry.models import Unit

WIDTH, HEIGHT, GAP = 100, 84, 6


@dataclass(frozen=True)
class ShownTile:
    """One tile as it is drawn: place, words, shade, and where it leads."""

    x: int
    y: int
    lines: tuple[str, ...]
    title: str
    count: int
    shade: int
    url: str
    is_sea: bool


@dataclass(frozen=True)
class Row:
    """One province of the list, with its count and its part of the largest."""

    name: str
    count: int
    url: str


@require_safe
@public_face
def province_map(request: HttpRequest) -> HttpResponse:
    """The map under the filters of the address; a province of the address is left aside."""
    chosen = ListingFilter(_without_province(request.GET), request=request)
    question, provinces = chosen.question, chosen.provinces
    cells = catalogue.cells(question, provinces=provinces)
    counts = {str(code): count for code, count in search.facet(cells, question, "province").items()}
    stars = [(star, f"{star}") for star in (5, 4, 3)]
    drawn = _drawn(request.GET, counts, provinces)
    context = {
        "tiles": drawn,
        "box": _box(drawn),
        "rows": _rows(request.GET, counts, provinces),
        "stars": Sheet(cells, question, request.GET).facet("stars", _("Hạng sao"), stars),
        "total": search.total(cells, question),
        "question": question,
        "back": f"{reverse('promotion:catalogue')}{changed(request.GET, 'province', '')}",
    }
    return render(request, "promotion/province_map.html", context)


def _without_province(query: QueryDict) -> QueryDict:
    left = query.copy()
    left.pop("province", None)
    return left


def _drawn(
    query: QueryDict, counts: Mapping[str, int], provinces: Mapping[str, Unit]
) -> list[ShownTile]:
    most = max(counts.values(), default=0)
    drawn = []
    for tile in every_tile():
        unit = provinces.get(tile.province)
        if unit is None:
            continue
        count = counts.get(tile.province, 0)
        name = tile.name or unit.short_name
        drawn.append(
            ShownTile(
                x=tile.column * (WIDTH + GAP),
                y=tile.row * (HEIGHT + GAP),
                lines=tiles.lines_of(name),
                title=f"{name} ({unit.short_name})" if tile.name else name,
                count=count,
                shade=tiles.shade(count, most),
                url=_url(query, tile.province),
                is_sea=bool(tile.name),
            )
        )
    return drawn


def _rows(query: QueryDict, counts: Mapping[str, int], provinces: Mapping[str, Unit]) -> list[Row]:
    return [
        Row(unit.name, counts.get(code, 0), _url(query, code)) for code, unit in provinces.items()
    ]


def _url(query: QueryDict, province: str) -> str:
    return f"{reverse('promotion:catalogue')}{changed(query, 'province', province)}"


def _box(drawn: list[ShownTile]) -> dict[str, Any]:
    """How large the drawing is, and how large a tile."""
    right = max((tile.x for tile in drawn), default=0) + WIDTH
    bottom = max((tile.y for tile in drawn), default=0) + HEIGHT
    return {"width": right, "height": bottom, "tile_width": WIDTH, "tile_height": HEIGHT}
