"""The figures of docs/algorithm.md, computed: what the page says is what the program does."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import scoring
from scoring.domain.gates import GateFinding
from scoring.domain.planner import plan
from scoring.domain.sensitivity import sensitivity
from scoring.domain.stars import Mean, award, band_of, mean_of
from tests.scoring.domain.tables import BANDS, golden, small

PAGE = Path(scoring.__file__).parent.parent / "docs" / "algorithm.md"
Row = dict[str, str]


def rows(first: str) -> list[Row]:
    """The table whose heading begins with these words."""
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index(f"| {first} |") :].split("\n\n")[0].splitlines()
    heading = _cells(table[0])
    return [dict(zip(heading, _cells(line), strict=True)) for line in table[2:]]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def totals_in(text: str) -> list[int]:
    """`90 ×19, 89` is nineteen sheets of 90 and one of 89."""
    return list(_totals(text))


def _totals(text: str) -> Iterator[int]:
    for each in text.split(", "):
        points, _, times = each.partition(" ×")
        yield from [int(points)] * int(times or 1)


def stars_in(text: str) -> int | None:
    return None if text == "none" else int(text.removesuffix("★"))


def gates_in(text: str) -> list[GateFinding]:
    shut = re.match(r"(\d)★ shut", text)
    return [
        GateFinding(str(star), star, met=not (shut and star == int(shut[1]))) for star in (3, 4, 5)
    ]


@pytest.mark.parametrize("row", rows("mean | points, sheets"), ids=str)
def test_the_edges_of_the_bands(row: Row) -> None:
    points, sheets = map(int, row["points, sheets"].split(", "))

    assert Mean(points, sheets).shown() == row["mean"]
    assert band_of(Mean(points, sheets), BANDS) == int(row["band"])


@pytest.mark.parametrize("row", rows("sheets | mean"), ids=str)
def test_the_stars(row: Row) -> None:
    mean = mean_of(totals_in(row["sheets"]))

    result = award(mean, gates_in(row["gates"]), BANDS)

    assert mean.shown() == row["mean"]
    assert (result.band, result.stars) == (stars_in(row["band"]), stars_in(row["star"]))


def test_the_page_holds_the_same_figures_as_the_table_of_the_tests() -> None:
    assert len(rows("sheets | mean")) == len(golden("worked_figures")["row"])


@pytest.mark.parametrize("row", rows("1.1 | 1.2"), ids=str)
def test_the_plans(row: Row) -> None:
    table = small()
    choices = {code: f"{code}/{row[code]}" for code in table.by_code}

    found = plan(table, choices, bands=BANDS)

    assert found.target == stars_in(row["target"])
    assert [
        ", ".join(f"{each.criterion}→{each.aim.points}" for each in one.changes)
        for one in found.plans
    ] == row["changes"].split(" or ")
    assert {one.total.points for one in found.plans} == {int(row["total after"])}


@pytest.mark.parametrize("row", rows("sheets | star | without the first"), ids=str)
def test_the_stars_without_a_sheet(row: Row) -> None:
    found = sensitivity(totals_in(row["sheets"]), gates_in("all"), BANDS)

    assert found.stars == stars_in(row["star"])
    assert [each.stars for each in found.without] == [
        stars_in(row[f"without the {place}"]) for place in ("first", "second", "third")
    ]
    assert found.is_fragile == (row["fragile"] == "yes")
