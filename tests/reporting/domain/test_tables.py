"""Star tables, by hand."""

import pytest

from reporting.domain.tables import Dimension, Row, StarCell, share, star_table

CELLS = [
    StarCell(3, "thuc-pham", "19", "2019", 2024, 10),
    StarCell(3, "thuc-pham", "01", "2019", 2025, 5),
    StarCell(4, "do-uong", "01", "2026", 2026, 2),
    StarCell(5, "do-uong", "01", "2026", 2026, 1),
]
STARS = (5, 4, 3)


def test_rows_come_in_the_order_asked_and_then_the_rest() -> None:
    table = star_table(CELLS, Dimension.GROUP, stars=STARS, order=["thuc-pham", "du-lich"])

    assert table.rows == (Row("thuc-pham", (0, 0, 15)), Row("do-uong", (1, 2, 0)))
    assert table.column_totals == (1, 2, 15)
    assert (table.total, table.largest) == (18, 15)


@pytest.mark.parametrize(
    ("dimension", "values"),
    [
        (Dimension.PROVINCE, [("01", 8), ("19", 10)]),
        (Dimension.REGIME, [("2019", 15), ("2026", 3)]),
        (Dimension.YEAR, [(2024, 10), (2025, 5), (2026, 3)]),
    ],
)
def test_every_dimension_adds_up_to_the_same_total(
    dimension: Dimension, values: list[tuple[object, int]]
) -> None:
    table = star_table(CELLS, dimension, stars=STARS)

    assert [(row.value, row.total) for row in table.rows] == values
    assert table.total == 18


def test_empty_table() -> None:
    table = star_table([], Dimension.YEAR, stars=STARS)

    assert (table.rows, table.column_totals, table.total, table.largest) == ((), (0, 0, 0), 0, 0)


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(1, 3, 333), (2, 3, 666), (0, 0, 0), (5, 5, 1000)]
)
def test_share_is_rounded_down(part: int, whole: int, expected: int) -> None:
    assert share(part, whole) == expected


def test_dimensions_have_labels() -> None:
    assert dict(Dimension.choices())["year"] == "Năm công nhận"
