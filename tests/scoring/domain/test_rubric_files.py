"""The rubrics of the repository against tables of the facts they must carry."""

from collections import Counter
from typing import Any

import pytest

from scoring.domain.evaluation import evaluate
from scoring.domain.faults import faults
from scoring.domain.rubric import Criterion, Effect, Rubric
from tests.scoring.domain.tables import BANDS, MAXIMA, all_rubrics, best, golden, rubric_file

RUBRICS = all_rubrics()
INCOMPLETE = {("2019", 20), ("2019", 22), ("2019", 23), ("2019", 26)}
COMPLETE = [each for each in RUBRICS if (each.regime, each.number) not in INCOMPLETE]
POINTS_2019 = golden("points_2019")
TOURISM_2019 = 8


def named(rubric: Rubric) -> str:
    return f"{rubric.regime}/{rubric.number}"


def number(row: dict[str, Any]) -> str:
    return f"{row.get('regime', '')}{row['number']}"


def test_every_set_has_its_file() -> None:
    assert Counter(each.regime for each in RUBRICS) == {"2019": 26, "2026": 26}
    assert {each.number for each in RUBRICS if each.regime == "2026"} == set(range(1, 27))


@pytest.mark.parametrize("rubric", COMPLETE, ids=named)
def test_a_complete_set_has_no_fault_and_can_be_scored_in_full(rubric: Rubric) -> None:
    assert faults(rubric, part_maxima=MAXIMA[rubric.regime]) == ()

    result = evaluate(rubric, best(rubric), bands=BANDS)

    assert (result.total, result.band, result.stars) == (100, 5, 5)
    assert result.parts == MAXIMA[rubric.regime]


@pytest.mark.parametrize("rubric", COMPLETE, ids=named)
def test_an_empty_handed_product_gets_no_points(rubric: Rubric) -> None:
    sheet: dict[str, str | None] = dict.fromkeys(rubric.by_code, None)

    assert evaluate(rubric, sheet, bands=BANDS).total == 0


def test_incomplete_sets_say_why() -> None:
    found = {
        each.number: [fault.code for fault in faults(each, part_maxima=MAXIMA["2019"])]
        for each in RUBRICS
        if (each.regime, each.number) in INCOMPLETE
    }

    assert found == {
        20: ["part_max", "total"],
        22: ["part_max", "total"],
        23: ["part_max", "total"],
        26: ["empty"],
    }


@pytest.mark.parametrize("row", golden("sections_2026")["set"], ids=number)
def test_section_maxima_of_2026(row: dict[str, Any]) -> None:
    rubric = rubric_file("2026", row["number"])

    found = {part.code: [section.max for section in part.sections] for part in rubric.parts}

    assert found == {code: row[code] for code in "ABC"}


@pytest.mark.parametrize("row", golden("gates_2026")["set"], ids=number)
def test_gates_of_2026(row: dict[str, Any]) -> None:
    rubric = rubric_file("2026", row["number"])

    found: dict[int, dict[str, int]] = {3: {}, 4: {}, 5: {}}
    for gate in rubric.gates:
        found[gate.star][gate.criterion] = gate.min_points

    assert len(rubric.criteria) == row["criteria"]
    assert found == {star: row[f"stars_{star}"] for star in (3, 4, 5)}


def test_2019_knows_no_gates() -> None:
    assert all(not each.gates for each in RUBRICS if each.regime == "2019")


@pytest.mark.parametrize("row", POINTS_2019["set"], ids=number)
def test_points_of_2019(row: dict[str, Any]) -> None:
    rubric = rubric_file("2019", row["number"])
    common = {} if rubric.number == TOURISM_2019 else POINTS_2019["goods"]

    found = {each.code: [option.points for option in each.options] for each in rubric.criteria}

    assert found == common | row["points"]


@pytest.mark.parametrize("row", golden("rules")["set"], ids=number)
def test_notes_and_exclusions(row: dict[str, Any]) -> None:
    rubric = rubric_file(row["regime"], row["number"])

    assert {criterion.code: rule.effect.value for criterion, rule in rubric.rules} == row["rules"]
    assert len(rubric.exclusions) == row["exclusions"]


def test_only_notes_that_follow_from_the_sheet_are_drawn_from_it() -> None:
    drawn = {
        (each.regime, each.number, criterion.code): rule.if_zero
        for each in RUBRICS
        for criterion, rule in each.rules
        if rule.if_zero and rule.effect is not Effect.ZERO
    }
    sensory = {code: (code,) for code in ("6.1", "6.2", "6.3", "6.4")}

    assert drawn == {
        ("2019", 3, "6.1"): ("6.1",),
        **{("2019", 13, code): codes for code, codes in sensory.items()},
        **{("2026", 16, code): codes for code, codes in sensory.items()},
    }
    assert {
        rule.if_zero for each in RUBRICS for _, rule in each.rules if rule.effect is Effect.ZERO
    } == {("5.1",)}


def criteria() -> list[tuple[str, Criterion]]:
    return [(named(each), criterion) for each in RUBRICS for criterion in each.criteria]


def test_options_of_a_criterion_read_differently_and_cite_their_clause() -> None:
    for where, criterion in criteria():
        labels = [option.label for option in criterion.options]
        assert len(set(labels)) == len(labels), (where, criterion.code)
        assert criterion.clause.endswith(f"mục {criterion.code}"), (where, criterion.code)


def test_option_ids_name_one_option_in_all_sets() -> None:
    ids = [option.id for _, criterion in criteria() for option in criterion.options]

    assert len(ids) == len(set(ids)) == 5267


def test_what_the_source_does_not_tell_apart_is_marked() -> None:
    marked = {
        (where, criterion.code)
        for where, criterion in criteria()
        if any(option.unverified for option in criterion.options)
    }
    bilingual = {(f"2026/{each}", "2.4") for each in range(1, 21)}

    assert marked == bilingual | {
        ("2026/21", "2.3"),
        ("2026/22", "2.3"),
        ("2026/7", "3.1"),
        ("2026/23", "6.2"),
        ("2019/2", "6.2"),
    }
    assert all(
        criterion.note for where, criterion in criteria() if (where, criterion.code) in marked
    )


def test_alternative_cases() -> None:
    found = Counter(
        (criterion.code, len(criterion.cases)) for _, criterion in criteria() if criterion.cases
    )

    assert found == {
        ("3.2", 2): 25,
        ("8", 2): 1,
        ("9", 2): 2,
        ("10", 2): 1,
        ("15", 2): 1,
        ("16", 2): 1,
    }
