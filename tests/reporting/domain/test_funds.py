"""Money by source and component project, worked out by hand; whole đồng."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import reporting
from registry.domain.errors import RuleBroken
from reporting.domain.funds import (
    MOST,
    FundsRow,
    FundsTable,
    Money,
    Named,
    SourceKind,
    by_list,
    check_amount,
    law_from,
    sums,
)

LAW = law_from(
    tomllib.loads(
        (Path(reporting.__file__).parent / "data/programme/490.toml").read_text(encoding="utf-8")
    )
)
LOCAL = Named("local", "Ngân sách địa phương", date(2018, 5, 7), kind=SourceKind.LOCAL)
OWN = Named("own", "Vốn của chủ thể", date(2018, 5, 7), kind=SourceKind.OWN)
PLANNED = [
    Money("local", "brand", 300_000_000),
    Money("local", "design_centres", 200_000_000),
    Money("own", "brand", 1_000_000_000),
]
SPENT = [Money("local", "brand", 120_000_001), Money("credit", "brand", 5)]


def test_table_by_source_adds_up() -> None:
    table = by_list([LOCAL, OWN], sums(PLANNED, by="source"), sums(SPENT, by="source"))

    assert table.rows == (
        FundsRow("Ngân sách địa phương", 500_000_000, 120_000_001),
        FundsRow("Vốn của chủ thể", 1_000_000_000, 0),
        FundsRow("credit", 0, 5),
    )
    assert table.total == FundsRow("Cộng", 1_500_000_000, 120_000_006)
    assert [row.tenths for row in (*table.rows, table.total)] == [240, 0, None, 80]


def test_sums_by_project() -> None:
    assert sums(PLANNED, by="project") == {"brand": 1_300_000_000, "design_centres": 200_000_000}


def test_share_is_rounded_down_and_may_pass_the_plan() -> None:
    assert FundsRow("x", 3, 2).tenths == 666
    assert FundsRow("x", 3, 4).tenths == 1333
    assert FundsTable(()).total.tenths is None


@pytest.mark.parametrize("amount", [0, -1, MOST + 1])
def test_amount_that_cannot_be_is_refused(amount: int) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_amount(amount)

    assert (refusal.value.code, refusal.value.field) == ("funds.amount", "amount")


@pytest.mark.parametrize("amount", [1, MOST])
def test_amount_at_its_ends_stands(amount: int) -> None:
    check_amount(amount)


@pytest.mark.parametrize(
    ("year", "expected"), [(2017, False), (2018, True), (2020, True), (2021, False)]
)
def test_name_is_in_force_in_the_years_of_its_days(year: int, expected: bool) -> None:
    named = Named("x", "X", date(2018, 5, 7), ends_on=date(2020, 12, 31))

    assert named.is_in_force_in(year) is expected


def test_law_names_projects_and_sources_of_490() -> None:
    law = LAW.of_year(2026)

    assert [each.code for each in law.projects] == [
        "brand",
        "culture_villages",
        "key_areas",
        "design_centres",
        "other",
    ]
    assert {each.kind for each in law.sources} == set(SourceKind)
    assert LAW.of_year(2017).sources == ()
    assert all(kind.label for kind in SourceKind)


def test_law_with_a_code_twice_is_refused() -> None:
    project: dict[str, Any] = {"code": "brand", "label": "X", "starts_on": date(2018, 5, 7)}
    record = {"code": "490", "decree": "Y", "projects": [project, project], "sources": []}

    with pytest.raises(ValueError, match="stands twice"):
        law_from(record)
