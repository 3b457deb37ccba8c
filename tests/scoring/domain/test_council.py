import pytest

from registry.domain.errors import RuleBroken
from scoring.domain.council import (
    Member,
    Regulation,
    Seat,
    decide_mean,
    quorum,
    spread,
)
from scoring.domain.stars import Mean

CHAIR, VICE, FIRST, SECOND, SECRETARY = range(5)
RULES = Regulation()


def council(*, absent: set[int] | None = None, conflict: set[int] | None = None) -> list[Member]:
    seats = (Seat.CHAIR, Seat.VICE_CHAIR, Seat.MEMBER, Seat.MEMBER, Seat.SECRETARY)
    return [
        Member(number, seat, number not in (absent or set()), number in (conflict or set()))
        for number, seat in enumerate(seats)
    ]


@pytest.mark.parametrize(
    ("absent", "conflict", "met"),
    [
        (set(), set(), True),
        ({SECOND}, set(), True),  # three of four
        ({FIRST, SECOND}, set(), False),  # two of four
        ({FIRST, SECOND}, {SECOND}, False),  # two of three
        ({SECOND}, {SECOND}, True),  # three of three
        ({CHAIR}, set(), True),  # the vice chair presides
        ({CHAIR, VICE}, set(), False),
        (set(), {CHAIR, VICE}, False),
        ({SECRETARY}, set(), True),
    ],
)
def test_quorum(absent: set[int], conflict: set[int], *, met: bool) -> None:
    assert quorum(council(absent=absent, conflict=conflict), RULES).is_met is met


def test_quorum_counts_the_chair_and_not_the_secretary() -> None:
    found = quorum(council(absent={SECOND}), RULES)

    assert (found.voters, found.present, found.needed) == (4, 3, 3)


def test_an_adviser_counts_neither_for_the_quorum_nor_for_the_mean() -> None:
    members = [*council(), Member(9, Seat.ADVISER, present=True)]

    assert (quorum(members, RULES).voters, quorum(members, RULES).present) == (4, 4)
    assert decide_mean(members, {0: 70, 1: 71, 2: 72, 3: 73, 9: 5}, RULES) == Mean(286, 4)


@pytest.mark.parametrize(
    ("seat", "scores", "keeps", "presides", "advises"),
    [
        (Seat.CHAIR, True, True, True, False),
        (Seat.VICE_CHAIR, True, True, True, False),
        (Seat.MEMBER, True, False, False, False),
        (Seat.SECRETARY, False, True, False, False),
        (Seat.ADVISER, False, False, False, True),
    ],
)
def test_what_each_seat_is_for(
    seat: Seat, *, scores: bool, keeps: bool, presides: bool, advises: bool
) -> None:
    found = (seat.scores, seat.keeps, seat.may_preside, seat.advises)

    assert found == (scores, keeps, presides, advises)


def test_quorum_of_a_share_is_rounded_up_to_people() -> None:
    members = [*council(), Member(9, Seat.MEMBER, present=True)]

    assert quorum(members, RULES).needed == 4  # 75 % of five is 3.75


def test_quorum_heeds_the_least_number_of_members() -> None:
    assert quorum(council(), Regulation(minimum_members=5)).is_met is False


def test_quorum_of_nobody_is_not_met() -> None:
    assert quorum([], RULES).is_met is False


def test_the_chair_presides_where_present_else_the_vice_chair() -> None:
    everybody = quorum(council(), RULES).presiding
    without = quorum(council(conflict={CHAIR}), RULES).presiding

    assert everybody is not None
    assert without is not None
    assert (everybody.seat, without.seat) == (Seat.CHAIR, Seat.VICE_CHAIR)


def test_mean_counts_the_present_voters_only() -> None:
    members = council(absent={SECOND})

    mean = decide_mean(members, {0: 70, 1: 71, 2: 72, 3: 10, 4: 99}, RULES)

    assert mean == Mean(213, 3)


def test_mean_waits_for_every_present_sheet() -> None:
    with pytest.raises(RuleBroken) as refused:
        decide_mean(council(), {0: 70, 1: 71}, RULES)

    assert refused.value.code == "council.sheets_missing"
    assert refused.value.facts == {"count": 2}


def test_mean_without_quorum_is_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        decide_mean(council(absent={FIRST, SECOND}), {0: 70, 1: 71}, RULES)

    assert refused.value.code == "council.no_quorum"
    assert refused.value.facts == {"present": 2, "voters": 4, "needed": 3}


def test_mean_without_anybody_to_preside_is_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        decide_mean(council(conflict={CHAIR, VICE}), {2: 70, 3: 71}, RULES)

    assert refused.value.code == "council.nobody_presides"


def test_spread_at_the_limit_is_accepted_and_beyond_is_not() -> None:
    assert decide_mean(council(), {0: 70, 1: 75, 2: 80, 3: 72}, RULES) == Mean(297, 4)
    with pytest.raises(RuleBroken) as refused:
        decide_mean(council(), {0: 70, 1: 75, 2: 81, 3: 72}, RULES)

    assert refused.value.code == "council.spread_too_wide"
    assert refused.value.text == "Các phiếu chênh nhau 11 điểm, quá mức 10 điểm cho phép."


def test_spread_of_one_sheet_is_none() -> None:
    assert spread([73]) == 0


def test_seats_have_labels() -> None:
    assert Seat.choices()[0] == ("chair", "Chủ tịch hội đồng")
    assert Seat.SECRETARY.label == "Thư ký"
