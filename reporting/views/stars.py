"""Star statistics for everybody: the tables, their bars, and the same as a CSV file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from promotion.domain.stars import RECOGNISED
from reporting.domain.csv_safe import csv_text
from reporting.domain.tables import Dimension, Row, StarCell, StarTable, star_table
from reporting.filters import StarFilter, today
from reporting.selectors import stars
from reporting.selectors.names import Names, names
from reporting.selectors.stars import Choice
from reporting.views.links import catalogue_url

STARS = tuple(reversed(RECOGNISED))
BAR = 1000  # the width of the picture in its own units


@dataclass(frozen=True)
class Piece:
    """One star's part of a row's bar."""

    stars: int
    start: int
    width: int


@dataclass(frozen=True)
class ShownFigure:
    stars: int
    count: int
    url: str


@dataclass(frozen=True)
class ShownRow:
    """One row with its words, its figures and its bar."""

    label: Any
    figures: tuple[ShownFigure, ...]
    total: int
    url: str
    bar: tuple[Piece, ...]


@dataclass(frozen=True)
class ShownTable:
    """One table as the page draws it."""

    name: str
    label: str
    is_legal: bool
    rows: tuple[ShownRow, ...]
    column_totals: tuple[int, ...]
    total: int


@require_safe
def star_tables(request: HttpRequest) -> HttpResponse:
    """Stars by group, province, regime and year, as of a day; each figure opens its list."""
    chosen = StarFilter(request.GET, request=request)
    is_understood = chosen.form.is_valid()
    choice = chosen.choice
    known = names(chosen.provinces)
    cells = stars.cells(choice, provinces=chosen.provinces)
    is_past = choice.on < today()
    tables = [_shown(cells, each, known, choice, is_past=is_past) for each in Dimension]
    context = {
        "form": chosen.form,
        "is_understood": is_understood,
        "choice": choice,
        "is_past": is_past,
        "stars": STARS,
        "tables": tables,
        "total": tables[0].total,
        "headline": _headline(tables[0], choice, is_past=is_past),
        "all_url": catalogue_url(choice, is_past=is_past),
        "subjects": stars.subjects(choice, provinces=chosen.provinces),
        "query": request.GET.urlencode(),
        "bar": BAR,
    }
    return render(request, "reporting/star_tables.html", context)


@require_safe
def star_file(request: HttpRequest, dimension: Dimension) -> HttpResponse:
    """One table of the page as CSV with the same filters."""
    chosen = StarFilter(request.GET, request=request)
    known = names(chosen.provinces)
    choice = chosen.choice
    words = known.of(dimension)
    table = _table(stars.cells(choice, provinces=chosen.provinces), dimension, words)
    lines: list[list[object]] = [
        [
            gettext(dimension.label),
            *(_("%(stars)s sao") % {"stars": star} for star in STARS),
            _("Cộng"),
        ],
        *([words.get(row.value, row.value), *row.counts, row.total] for row in table.rows),
        [_("Cộng"), *table.column_totals, table.total],
        [_("Tính đến ngày"), choice.on.isoformat()],
    ]
    response = HttpResponse(csv_text(lines), content_type="text/csv; charset=utf-8")
    name = f"hang-sao-{dimension.value}-{choice.on.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _table(cells: list[StarCell], dimension: Dimension, words: Mapping[Any, str]) -> StarTable:
    return star_table(cells, dimension, stars=STARS, order=list(words))


def _shown(
    cells: list[StarCell], dimension: Dimension, known: Names, choice: Choice, *, is_past: bool
) -> ShownTable:
    words = known.of(dimension)
    table = _table(cells, dimension, words)
    return ShownTable(
        name=dimension.value,
        label=dimension.label,
        is_legal=dimension is not Dimension.YEAR,
        rows=tuple(
            _shown_row(row, dimension, words, choice, table.largest, is_past=is_past)
            for row in table.rows
        ),
        column_totals=table.column_totals,
        total=table.total,
    )


def _shown_row(
    row: Row,
    dimension: Dimension,
    words: Mapping[Any, str],
    choice: Choice,
    largest: int,
    *,
    is_past: bool,
) -> ShownRow:
    value = {dimension.value: row.value}
    return ShownRow(
        label=words.get(row.value, row.value or _("Chưa rõ")),
        figures=tuple(
            ShownFigure(
                star, count, catalogue_url(choice, is_past=is_past, **{**value, "stars": star})
            )
            for star, count in zip(STARS, row.counts, strict=True)
        ),
        total=row.total,
        url=catalogue_url(choice, is_past=is_past, **value),
        bar=_bar(row, largest),
    )


def _bar(row: Row, largest: int) -> tuple[Piece, ...]:
    """The pieces of a bar side by side; the longest row fills the picture."""
    pieces, start = [], 0
    for star, count in zip(STARS, row.counts, strict=True):
        width = count * BAR // largest if largest else 0
        pieces.append(Piece(star, start, width))
        start += width
    return tuple(piece for piece in pieces if piece.width)


def _headline(table: ShownTable, choice: Choice, *, is_past: bool) -> list[ShownFigure]:
    return [
        ShownFigure(star, count, catalogue_url(choice, is_past=is_past, stars=star))
        for star, count in zip(STARS, table.column_totals, strict=True)
    ]
