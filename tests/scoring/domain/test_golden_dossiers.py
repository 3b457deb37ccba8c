"""Dossiers worked by hand, from the options to what follows at the level that scored them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from registry.domain.regime import Level
from scoring.domain.chain import outcome
from scoring.domain.council import spread
from scoring.domain.exclusions import stopped_by
from scoring.domain.gates import GateFinding, support
from scoring.domain.rubric import Rubric, option_id
from scoring.domain.sheet import Tally, chosen_points, missing, read_choices, tally
from scoring.domain.stars import award, mean_of
from tests.registry.domain.tables import regime
from tests.scoring.domain.tables import GOLDEN, rubric_file

FILES = sorted((GOLDEN / "dossiers").glob("*.toml"))
Sheet = dict[str, str | None]


def dossier(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def sheets_of(worked: dict[str, Any], table: Rubric) -> list[Sheet]:
    """The first sheet in full, each further one as that sheet with its own choices."""
    first = worked["sheet"][0]["choices"]
    return [
        read_choices(
            table,
            {
                code: None if key == "-" else option_id(table.regime, table.number, code, key)
                for code, key in (first | each["choices"]).items()
            },
        )
        for each in worked["sheet"]
    ]


def test_there_are_three_sets_of_each_decree() -> None:
    assert sorted(dossier(file)["regime"] for file in FILES) == ["2019"] * 3 + ["2026"] * 3


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_worked_dossier(file: Path) -> None:
    worked = dossier(file)
    table, law = rubric_file(worked["regime"], worked["number"]), regime(worked["regime"])
    sheets = sheets_of(worked, table)
    tallies: list[Tally] = [tally(table, sheet) for sheet in sheets]

    assert [missing(table, sheet) for sheet in sheets] == [()] * len(sheets)
    assert [(each.parts, each.total) for each in tallies] == [
        (each["parts"], each["total"]) for each in worked["sheet"]
    ]
    totals = [each.total for each in tallies]
    mean = mean_of(totals)
    assert (mean.shown(), spread(totals)) == (worked["mean"], worked["spread"])
    assert _grounds(table, sheets) == worked.get("stopped", [])
    if "stopped" in worked:
        return
    found = [
        GateFinding(each.gate.criterion, each.gate.star, each.meeting * 2 > each.sheets)
        for each in support(table, [each.points for each in tallies])
    ]
    result = award(mean, found, law.bands)
    assert (result.band, result.stars) == (worked["band"], worked.get("star"))
    assert [[each.criterion, each.star] for each in result.held_back_by] == worked.get(
        "held_back_by", []
    )
    after = outcome(law, Level(worked["level"]), mean, result)
    assert after.kind.value == worked["outcome"]
    assert after.stars == worked.get("standing", worked.get("star"))


def _grounds(table: Rubric, sheets: list[Sheet]) -> list[str]:
    """The grounds on most of the sheets, without the name of the set."""
    found = [
        ground.partition("/")[2]
        for sheet in sheets
        for ground in stopped_by(table, chosen_points(table, sheet), ())
    ]
    return [each for each in dict.fromkeys(found) if found.count(each) * 2 > len(sheets)]
