from dataclasses import replace

import pytest

from scoring.domain.faults import Fault, faults
from scoring.domain.rubric import Effect, Exclusion, Option, Part, Rubric, Rule
from tests.scoring.domain.tables import MAXIMA, criterion, options, part, rubric, section, small

DUE = MAXIMA["2026"]


def codes(table: Rubric) -> list[tuple[str, str]]:
    return [(fault.code, fault.where) for fault in faults(table, part_maxima=DUE)]


def with_last(last: Part) -> Rubric:
    return rubric(*small().parts[:2], last)


def one(*points: int, **fields: object) -> Rubric:
    """The small table with part C made of one criterion."""
    return with_last(part("C", section("6", criterion("6", *points, **fields))))


def test_a_whole_table_has_no_fault() -> None:
    assert codes(small()) == []


def test_an_empty_table_has_one_fault() -> None:
    assert codes(rubric()) == [("empty", "")]


def test_everything_wrong_is_named_at_once() -> None:
    table = rubric(
        part("A", section("1", criterion("1.1", 1, 2), criterion("1.1", 0, 3))),
        replace(part("B", section("4", criterion("4", 5, max=9))), max=20),
        part("D", section("9", criterion("9"))),
    )

    assert set(codes(table)) == {
        ("part_max", "A"),
        ("part_max", "B"),
        ("part_missing", "C"),
        ("part_unknown", "D"),
        ("total", ""),
        ("repeated_code", "1.1"),
        ("part_sum", "B"),
        ("max_not_reached", "4"),
        ("no_options", "9"),
    }


def test_a_section_that_does_not_add_up() -> None:
    short = replace(section("6", criterion("6", 0, 30)), max=35)

    assert codes(with_last(part("C", short))) == [("total", ""), ("section_sum", "6")]


def test_an_option_beyond_the_maximum() -> None:
    table = one(options=(*options("6", 0, 35), Option("over", 36, "quá")), max=35)

    assert codes(table) == [("option_points", "over")]


def test_repeated_ids_of_options_rules_and_exclusions() -> None:
    rules = (Rule("x", "", Effect.STOP), Rule("6/0", "", Effect.STOP))
    table = replace(one(0, 35, rules=rules), exclusions=(Exclusion("x", ""),))

    assert codes(table) == [("repeated_id", "6/0"), ("repeated_id", "x")]


def test_options_without_their_case() -> None:
    mixed = (Option("a", 0, "một", case=1), Option("b", 35, "hai"))

    assert codes(one(options=mixed, cases=("thứ nhất", "thứ hai"), max=35)) == [
        ("option_case", "b"),
        ("empty_case", "6"),
    ]
    assert codes(one(options=mixed, max=35)) == [("option_case", "a")]


def test_two_options_alike_must_be_marked_unverified() -> None:
    alike = (Option("a", 35, "như nhau"), Option("b", 35, "như nhau"))
    marked = tuple(replace(option, unverified=True) for option in alike)

    assert codes(one(options=alike, max=35)) == [("same_label", "6"), ("same_points", "6")]
    assert codes(one(options=marked, max=35)) == []


def test_gates_must_rise_with_the_stars() -> None:
    def marked(*stars: int) -> Rubric:
        found = tuple(
            Option(f"o{points}", points, f"mức {points}", min_for_star=star)
            for star, points in zip(stars, (5, 10, 35), strict=True)
        )
        return one(options=found, max=35)

    assert codes(marked(3, 4, 5)) == []
    assert codes(marked(4, 3, 5)) == [("gate_order", "6")]
    assert codes(marked(3, 3, 5)) == [("gate_order", "6")]
    assert codes(marked(2, 3, 5)) == [("gate_star", "6")]


def test_a_gate_that_a_case_cannot_reach() -> None:
    found = (
        Option("a", 35, "một", case=1, min_for_star=3),
        Option("b", 10, "hai", case=2),
    )

    assert codes(one(options=found, cases=("thứ nhất", "thứ hai"), max=35)) == [("gate_shut", "6")]


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (Rule("r", "", Effect.STOP, ("8.8",)), ("rule_target", "r")),
        (Rule("r", "", Effect.ZERO, ("6",)), ("rule_self", "r")),
    ],
)
def test_notes_that_lead_nowhere(rule: Rule, fault: tuple[str, str]) -> None:
    assert codes(one(0, 35, rules=(rule,))) == [fault]


def test_a_fault_reads_as_a_sentence() -> None:
    assert str(Fault("total", "", "Không đủ.")) == "Không đủ."
    assert str(Fault("part_sum", "C", "Không đủ.")) == "C: Không đủ."
    assert faults(one(0, 34), part_maxima=DUE)[0].text == (
        "Phần này ghi tối đa 34 điểm, quy định là 35."
    )


def test_notes_by_which_too_many_criteria_take_points_from_others() -> None:
    triggers = tuple(criterion(str(code), 0, 5) for code in range(7))
    rules = tuple(Rule(f"r{each.code}", "", Effect.ZERO, (each.code,)) for each in triggers)
    found = rubric(part("A", section("1", criterion("last", 0, 65, rules=rules), *triggers)))

    assert [fault.code for fault in faults(found, part_maxima={"A": 100})] == ["rule_many"]
