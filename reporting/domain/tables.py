"""Star tables: counts in cells, added up by hand-checkable rules.

A cell says how many products hold these stars in this group, province, regime and year of
recognition, of subjects of this legal form, by a decision of this level, for which time. A table
has one row for each value of one dimension and one column for each star; the row and column totals
are sums of the same cells, so a table cannot disagree with itself.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.text import term


class Dimension(StrEnum):
    """What the rows of a table are; places are counted apart, for there are many."""

    GROUP = "group"
    PROVINCE = "province"
    REGIME = "regime"
    YEAR = "year"
    KIND = "kind"
    LEVEL = "level"
    TURN = "turn"
    PLACE = "place"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(dimension.value, dimension.label) for dimension in cls]


COUNTED = tuple(each for each in Dimension if each is not Dimension.PLACE)


@dataclass(frozen=True)
class StarCell:
    """How many products share these values."""

    stars: int
    group: str
    province: str
    regime: str
    year: int
    count: int
    kind: str = ""
    level: str = ""
    turn: str = ""
    place: str = ""


@dataclass(frozen=True)
class Row:
    """One value of the dimension with its products of each star, in the order of the table."""

    value: Hashable
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class StarTable:
    """Rows × stars with totals; rows in the order asked for."""

    dimension: Dimension
    stars: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def column_totals(self) -> tuple[int, ...]:
        return tuple(
            sum(row.counts[place] for row in self.rows) for place in range(len(self.stars))
        )

    @property
    def total(self) -> int:
        return sum(self.column_totals)

    @property
    def largest(self) -> int:
        """The longest bar; 0 where there is nothing to draw."""
        return max((row.total for row in self.rows), default=0)


def star_table(
    cells: Iterable[StarCell],
    dimension: Dimension,
    *,
    stars: tuple[int, ...],
    order: Sequence[Hashable] = (),
) -> StarTable:
    """The table of one dimension; values not named in `order` follow it, sorted as text."""
    counts: Counter[tuple[Hashable, int]] = Counter()
    for cell in cells:
        counts[getattr(cell, dimension), cell.stars] += cell.count
    found = {value for value, _stars in counts}
    known = [value for value in order if value in found]
    values = known + sorted(found.difference(known), key=str)
    rows = tuple(Row(value, tuple(counts[value, star] for star in stars)) for value in values)
    return StarTable(dimension, stars, rows)


def share(part: int, whole: int) -> int:
    """Tenths of a percent, rounded down; 0 of 0 is 0."""
    return part * 1000 // whole if whole else 0


_LABELS = {
    Dimension.GROUP: term("Ngành hàng"),
    Dimension.PROVINCE: term("Tỉnh, thành phố"),
    Dimension.REGIME: term("Bộ quy định"),
    Dimension.YEAR: term("Năm công nhận"),
    Dimension.KIND: term("Loại hình chủ thể"),
    Dimension.LEVEL: term("Cấp công nhận"),
    Dimension.TURN: term("Lần công nhận"),
    Dimension.PLACE: term("Đơn vị hành chính"),
}
