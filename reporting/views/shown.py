"""Star tables as the page draws them: words, figures that lead to their lists, bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from promotion.domain.stars import RECOGNISED
from registry.domain.regime import Division
from reporting.domain.tables import Dimension, Row, StarCell, StarTable, star_table
from reporting.selectors.names import Names
from reporting.selectors.star_choices import UNKNOWN, Choice
from reporting.views.links import list_url

LEGAL = frozenset({Dimension.GROUP, Dimension.PROVINCE, Dimension.REGIME, Dimension.PLACE})
BAR = 1000  # the width of the picture in its own units


@dataclass(frozen=True)
class Piece:
    """One star's part of a row's bar."""

    stars: int
    start: int
    width: int


@dataclass(frozen=True)
class Figure:
    """How many products of a star, and the address of their list."""

    stars: int
    count: int
    url: str


@dataclass(frozen=True)
class ShownRow:
    """One row with its words, its figures and its bar."""

    label: Any
    figures: tuple[Figure, ...]
    total: int
    url: str
    bar: tuple[Piece, ...]


@dataclass(frozen=True)
class ShownTable:
    """One table of the page."""

    name: str
    label: str
    is_legal: bool
    rows: tuple[ShownRow, ...]
    column_totals: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Sheet:
    """Everything that the tables of one page are made from."""

    cells: Mapping[Dimension, Sequence[StarCell]]
    subjects: int
    names: Names
    choice: Choice
    is_past: bool
    places: Sequence[StarCell] = ()

    @property
    def place_name(self) -> str:
        """The one place that the choice names, where it names one."""
        if self.choice.province and (unit := self.names.provinces.get(self.choice.province)):
            return self.names.on_the_day.name(unit)
        return ""

    @property
    def stars(self) -> tuple[int, ...]:
        """The columns, the highest star first; one where one was chosen."""
        return (self.choice.stars,) if self.choice.stars else tuple(reversed(RECOGNISED))

    def table(self, dimension: Dimension) -> StarTable:
        order = list(self.names.of(dimension))
        cells = self.places if dimension is Dimension.PLACE else self.cells[dimension]
        return star_table(cells, dimension, stars=self.stars, order=order)

    def shown(self, dimension: Dimension) -> ShownTable:
        words, table = self.names.of(dimension), self.table(dimension)
        return ShownTable(
            name=dimension.value,
            label=dimension.label,
            is_legal=dimension in LEGAL,
            rows=tuple(
                ShownRow(
                    label=words.get(row.value, row.value or _("Chưa rõ")),
                    figures=self.figures(row.counts, **self._where(dimension, row.value)),
                    total=row.total,
                    url=self.url(**self._where(dimension, row.value)),
                    bar=self._bar(row, table.largest),
                )
                for row in table.rows
            ),
            column_totals=table.column_totals,
            total=table.total,
        )

    def figures(self, counts: Sequence[int], **where: object) -> tuple[Figure, ...]:
        """One figure for each column, each with the list behind it."""
        return tuple(
            Figure(star, count, self.url(**where, stars=star))
            for star, count in zip(self.stars, counts, strict=True)
        )

    def _where(self, dimension: Dimension, value: object) -> dict[str, object]:
        """What narrows the list to one row; an unknown place narrows it to what has none."""
        if dimension is not Dimension.PLACE:
            return {dimension.value: value}
        name = "former" if self.choice.division is Division.THREE_TIER else "commune"
        return {name: value or UNKNOWN}

    def url(self, **where: object) -> str:
        return list_url(self.choice, is_past=self.is_past, **where)

    def _bar(self, row: Row, largest: int) -> tuple[Piece, ...]:
        """The pieces of a bar side by side; the longest row fills the picture."""
        pieces, start = [], 0
        for star, count in zip(self.stars, row.counts, strict=True):
            width = count * BAR // largest if largest else 0
            pieces.append(Piece(star, start, width))
            start += width
        return tuple(piece for piece in pieces if piece.width)
