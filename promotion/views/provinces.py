"""Recognised products by province: a map of tiles, and the list that says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from promotion.domain import search
from promotion.filters import ListingFilter
from promotion.selectors import catalogue
from promotion.views.facets import Sheet, changed
from promotion.views.shared import public_face
from promotion.views.tile_map import tile_map
from registry.models import Unit


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
    context = {
        "map": tile_map(counts, provinces, partial(_url, request.GET)),
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


def _rows(query: QueryDict, counts: Mapping[str, int], provinces: Mapping[str, Unit]) -> list[Row]:
    return [
        Row(unit.name, counts.get(code, 0), _url(query, code)) for code, unit in provinces.items()
    ]


def _url(query: QueryDict, province: str) -> str:
    return f"{reverse('promotion:catalogue')}{changed(query, 'province', province)}"
