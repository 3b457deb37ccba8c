"""Reconciliation rounds, and the two rounds before and after test results."""

import pytest

from scoring.domain.ballots import (
    BallotKind,
    Change,
    awaits_tests,
    compare,
    has_round_left,
    rounds_used,
    shifts,
)
from scoring.domain.council import Regulation

AGAIN, TESTED = BallotKind.RECONCILIATION, BallotKind.AFTER_TESTS


@pytest.mark.parametrize(
    ("further", "used", "left"),
    [
        ([], 0, True),
        ([AGAIN], 1, True),
        ([AGAIN, AGAIN], 2, False),
        ([AGAIN, AGAIN, TESTED], 0, True),
        ([TESTED, AGAIN], 1, True),
        ([AGAIN, TESTED, AGAIN, AGAIN], 2, False),
    ],
)
def test_each_of_the_two_rounds_has_its_own_reconciliation(
    further: list[BallotKind], used: int, *, left: bool
) -> None:
    assert rounds_used(further) == used
    assert has_round_left(further, Regulation(reconciliation_rounds=2)) is left


@pytest.mark.parametrize(
    ("asked_for", "further", "awaited"),
    [
        (False, [], False),
        (True, [], True),
        (True, [AGAIN], True),
        (True, [AGAIN, TESTED], False),
    ],
)
def test_tests_are_awaited_where_the_regulation_has_two_rounds(
    further: list[BallotKind], *, asked_for: bool, awaited: bool
) -> None:
    assert awaits_tests(further, Regulation(rounds_around_tests=asked_for)) is awaited


def test_two_rounds_stand_beside_each_other() -> None:
    found = compare({1: 70, 2: 74, 3: 80}, {1: 72, 2: 71, 4: 75})

    assert found is not None
    assert (found.before.shown(), found.after.shown()) == ("74,66", "72,66")
    assert found.changes == (
        Change(1, 70, 72),
        Change(2, 74, 71),
        Change(3, 80, None),
        Change(4, None, 75),
    )
    assert [change.by for change in found.changes] == [2, -3, None, None]


def test_there_is_nothing_to_compare_before_both_rounds_have_sheets() -> None:
    assert compare({}, {1: 70}) is None
    assert compare({1: 70}, {}) is None


def test_kinds_have_their_words() -> None:
    assert [label for _value, label in BallotKind.choices()] == [
        "Chấm lại vì chênh lệch",
        "Chấm sau kết quả kiểm nghiệm",
    ]


def test_a_criterion_moves_where_its_mean_is_another_one() -> None:
    before = [{"1.1": 2, "1.2": 3, "9": 1}, {"1.1": 2, "1.2": 1, "9": 1}]
    after = [
        {"1.1": 2, "1.2": 2, "9": 1},
        {"1.1": 1, "1.2": 2, "9": 2},
        {"1.1": 2, "1.2": 2, "9": 1},
    ]

    found = shifts(("1.1", "1.2", "9"), before, after)

    assert [(each.code, each.before.shown(), each.after.shown(), each.rises) for each in found] == [
        ("1.1", "2", "1,66", False),
        ("9", "1", "1,33", True),
    ]
