from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.errors import RuleBroken
from scoring.domain.evaluation import GateResult, evaluate
from scoring.domain.exclusions import read_findings
from scoring.domain.gates import GateSupport, findings_from, support
from scoring.domain.rubric import Effect, Exclusion, Gate, Rubric, Rule
from scoring.domain.sheet import (
    SHEET,
    SheetMove,
    SheetState,
    missing,
    read_choices,
    require_complete,
    tally,
)
from tests.scoring.domain.tables import BANDS, best, criterion, part, rubric, section, small

TABLE = small()


def test_a_complete_sheet_has_total_band_star_and_gates() -> None:
    result = evaluate(TABLE, best(TABLE), bands=BANDS)

    assert result.complete
    assert result.parts == {"A": 40, "B": 25, "C": 35}
    assert (result.total, result.band, result.stars) == (100, 5, 5)
    assert result.gates == (
        GateResult("7", 3, 5, 20, met=True),
        GateResult("1.2", 4, 10, 20, met=True),
        GateResult("7", 4, 10, 20, met=True),
        GateResult("7", 5, 20, 20, met=True),
    )
    assert (result.stopped_by, result.zeroed) == ((), ())


def test_a_shut_three_star_gate_takes_the_star_and_leaves_the_band() -> None:
    result = evaluate(TABLE, best(TABLE) | {"7": "7/0"}, bands=BANDS)

    assert (result.total, result.band, result.stars) == (80, 4, None)


def test_a_shut_four_star_gate_leaves_three_stars() -> None:
    result = evaluate(TABLE, best(TABLE) | {"1.2": None}, bands=BANDS)

    assert (result.total, result.band, result.stars) == (80, 4, 3)


def test_meeting_no_option_counts_nothing_and_is_an_answer() -> None:
    nothing: dict[str, str | None] = dict.fromkeys(TABLE.by_code, None) | {"6": "6/5"}

    result = evaluate(TABLE, nothing, bands=BANDS)

    assert (result.complete, result.total, result.band, result.stars) == (True, 5, 1, 1)


def test_an_incomplete_sheet_has_points_so_far_and_no_band() -> None:
    result = evaluate(TABLE, {"7": "7/10", "1.1": "1.1/20"}, bands=BANDS)

    assert result.missing == ("1.2", "5.1", "5.2", "6")
    assert (result.complete, result.total, result.band, result.stars) == (False, 30, None, None)
    assert [gate.met for gate in result.gates] == [True, False, True, False]


def test_without_a_story_its_structure_counts_nothing() -> None:
    for chosen in ("5.1/0", None):
        result = evaluate(TABLE, best(TABLE) | {"5.1": chosen}, bands=BANDS)

        assert (result.zeroed, result.parts["B"]) == (("5.2",), 0)


def test_an_unanswered_story_takes_nothing_yet() -> None:
    result = evaluate(TABLE, {"5.2": "5.2/10"}, bands=BANDS)

    assert (result.zeroed, result.total) == ((), 10)


def test_a_finding_that_a_criterion_does_not_apply_takes_its_points() -> None:
    result = evaluate(TABLE, best(TABLE), {"z"}, bands=BANDS)

    assert (result.zeroed, result.total, result.stopped_by) == (("5.2",), 90, ())


def test_a_finding_of_a_stop_rule_ends_the_scoring() -> None:
    result = evaluate(TABLE, best(TABLE), {"imported"}, bands=BANDS)

    assert (result.stopped_by, result.total) == (("imported",), 100)
    assert (result.band, result.stars) == (None, None)


def test_an_exclusion_of_the_set_ends_the_scoring() -> None:
    table = rubric(*TABLE.parts, exclusions=(Exclusion("x1", "giả mạo"), Exclusion("x2", "khác")))

    result = evaluate(table, best(table), {"imported", "x1"}, bands=BANDS)

    assert result.stopped_by == ("x1", "imported")


def test_no_points_where_none_may_be_missing_ends_the_scoring() -> None:
    result = evaluate(TABLE, best(TABLE) | {"6": None}, bands=BANDS)

    assert (result.stopped_by, result.stars) == (("dirt",), None)


@pytest.mark.parametrize(
    ("raw", "code", "field"),
    [
        (None, "sheet.malformed", "choices"),
        (["1.1"], "sheet.malformed", "choices"),
        ({"9.9": None}, "sheet.unknown_criterion", "choices.9.9"),
        ({7: None}, "sheet.unknown_criterion", "choices.7"),
        ({"1.1": "1.2/10"}, "sheet.foreign_option", "choices.1.1"),
        ({"1.1": "2019.1/1.1/a"}, "sheet.foreign_option", "choices.1.1"),
        ({"1.1": 10}, "sheet.foreign_option", "choices.1.1"),
        ({"1.1": ["1.1/10"]}, "sheet.foreign_option", "choices.1.1"),
    ],
)
def test_choices_that_cannot_be_are_refused(raw: Any, code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_choices(TABLE, raw)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_choices_are_read_in_the_order_of_the_sheet() -> None:
    read = read_choices(TABLE, {"7": "7/5", "1.1": None})

    assert list(read.items()) == [("1.1", None), ("7", "7/5")]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("imported", "findings.malformed"),
        (None, "findings.malformed"),
        ([1], "findings.malformed"),
        (["imported", "nowhere"], "findings.unknown"),
    ],
)
def test_findings_that_cannot_be_are_refused(raw: Any, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_findings(TABLE, raw)

    assert (refused.value.code, refused.value.field) == (code, "findings")


def test_findings_are_known_ids() -> None:
    assert read_findings(TABLE, ["z", "imported"]) == {"z", "imported"}


def test_require_complete_names_what_is_missing() -> None:
    require_complete(TABLE, best(TABLE))
    with pytest.raises(RuleBroken) as refused:
        require_complete(TABLE, {"1.1": None, "1.2": None, "6": None, "7": None})

    assert refused.value.text == "Còn 2 tiêu chí chưa chọn: 5.1, 5.2."


def test_support_counts_the_sheets_that_meet_a_gate() -> None:
    found = support(TABLE, [{"7": 5}, {"7": 20, "1.2": 20}, {}])

    assert found == (
        GateSupport(Gate("7", 3, 5), 2, 3),
        GateSupport(Gate("1.2", 4, 10), 1, 3),
        GateSupport(Gate("7", 4, 10), 1, 3),
        GateSupport(Gate("7", 5, 20), 1, 3),
    )


def test_a_rule_twice_on_a_criterion_is_named_once() -> None:
    rules = (
        Rule("a", "", Effect.ZERO, ("1",)),
        Rule("b", "", Effect.ZERO, ("1",)),
    )
    table = rubric(part("A", section("1", criterion("1", 0, 5), criterion("2", 5, rules=rules))))

    assert tally(table, {"1": None, "2": "2/5"}).zeroed == ("2",)


def test_sheet_moves() -> None:
    complete = frozenset({"complete"})

    assert SHEET.decide(SheetState.DRAFT, SheetMove.SUBMIT, complete) is SheetState.SUBMITTED
    assert SHEET.decide(SheetState.SUBMITTED, SheetMove.REOPEN) is SheetState.DRAFT
    assert SHEET.decide(SheetState.SUBMITTED, SheetMove.LOCK) is SheetState.LOCKED
    with pytest.raises(RuleBroken):
        SHEET.decide(SheetState.DRAFT, SheetMove.SUBMIT)
    with pytest.raises(RuleBroken):
        SHEET.decide(SheetState.LOCKED, SheetMove.REOPEN)
    assert SheetState.choices()[2] == ("locked", "Đã khóa")


def sheets(table: Rubric) -> st.SearchStrategy[dict[str, str | None]]:
    """Any sheet of a table, complete or not."""
    return st.fixed_dictionaries(
        {},
        optional={
            each.code: st.sampled_from([None, *(option.id for option in each.options)])
            for each in table.criteria
        },
    )


@settings(max_examples=30)
@given(choices=sheets(TABLE))
def test_points_stay_within_their_bounds(choices: dict[str, str | None]) -> None:
    result = evaluate(TABLE, choices, bands=BANDS)

    assert result.total == sum(result.parts.values())
    assert all(0 <= result.parts[each.code] <= each.max for each in TABLE.parts)
    assert set(result.missing) == set(TABLE.by_code) - set(choices)
    assert (result.band is None) == bool(result.missing or result.stopped_by)
    assert missing(TABLE, choices) == result.missing


@settings(max_examples=30)
@given(choices=sheets(TABLE), code=st.sampled_from(list(TABLE.by_code)))
def test_a_higher_option_never_lowers_the_recognised_star(
    choices: dict[str, str | None], code: str
) -> None:
    full = dict.fromkeys(TABLE.by_code, None) | choices
    higher = full | {code: best(TABLE)[code]}

    def recognised(sheet: dict[str, str | None]) -> int:
        stars = evaluate(TABLE, sheet, bands=BANDS).stars
        return stars if stars and stars >= 3 else 0

    assert recognised(higher) >= recognised(full)


def test_findings_from_one_sheet_follow_its_counted_points() -> None:
    found = findings_from(TABLE, tally(TABLE, best(TABLE) | {"7": "7/10"}).points)

    assert [(each.criterion, each.star, each.met) for each in found] == [
        ("7", 3, True),
        ("1.2", 4, True),
        ("7", 4, True),
        ("7", 5, False),
    ]
