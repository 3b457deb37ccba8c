"""The balance of a period, worked out by hand.

The period is the first half of 2026. Products (3★ where nothing else is said):

| product | what happens                                                        |
|---------|---------------------------------------------------------------------|
| A       | first recognised on 1 January: the period's first day               |
| B       | held since 2024, raised to 4★ on 10 March                           |
| C       | held since 2023, its last day was 31 May                            |
| D       | held since 2024, revoked on 1 June                                  |
| E       | held since 2024, suspended on 1 February, restored on 1 April       |
| F       | lost by expiry in 2025, recognised again on 5 May                   |
| G       | renewed with the same star on 2 February: nobody moves              |
| H       | ends on 30 June: lost on 1 July, which is the next period's         |
| I       | ended on 31 December: lost on the period's first day                |
"""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promotion.domain.recognition import Turn
from reporting.domain.movements import (
    Balance,
    Decided,
    Flow,
    PlaceRow,
    Run,
    balance,
    decided_in,
    events_in,
    place_rows,
)
from reporting.domain.periods import Period

HALF = Period(date(2026, 1, 1), date(2026, 6, 30))
LATER = date(2029, 1, 1)


def run(
    starts_on: date,
    ends_on: date = LATER,
    *,
    stars: int = 3,
    turn: Turn = Turn.FIRST,
    decision: bool = True,
    before: int | None = None,
    after: int | None = None,
    ended_by: str = "",
) -> Run:
    return Run(stars, starts_on, ends_on, turn, decision, before, after, ended_by, ("Chè", 1))


RUNS = [
    run(date(2026, 1, 1)),
    run(date(2024, 1, 5), date(2026, 3, 9), after=4, ended_by="superseded"),
    run(date(2026, 3, 10), stars=4, turn=Turn.UPGRADE, before=3),
    run(date(2023, 6, 1), date(2026, 5, 31)),
    run(date(2024, 2, 2), date(2026, 5, 31), ended_by="revoked"),
    run(date(2024, 2, 2), date(2026, 1, 31), ended_by="suspended"),
    run(date(2026, 4, 1), decision=False),
    run(date(2026, 5, 5), turn=Turn.RENEWAL),
    run(date(2023, 2, 2), date(2026, 2, 1), after=3, ended_by="superseded"),
    run(date(2026, 2, 2), turn=Turn.RENEWAL, before=3),
    run(date(2023, 7, 1), date(2026, 6, 30)),
    run(date(2023, 1, 1), date(2025, 12, 31)),
]
# At the end of 31 December: B, C, D, E, G, H and I hold; I's last day is that very one.
OPENING = {3: 7}
# At the end of 30 June: A, E, F, G, H at 3★, B at 4★.
CLOSING = {3: 5, 4: 1}


def test_balance_of_the_half_year() -> None:
    found = balance(OPENING, events_in(RUNS, HALF), CLOSING, stars=(5, 4, 3))

    assert {row.flow: row.counts for row in found.rows} == {
        Flow.FIRST: (0, 0, 1),
        Flow.AGAIN: (0, 0, 1),
        Flow.RESTORED: (0, 0, 1),
        Flow.MOVED_IN: (0, 1, 0),
        Flow.MOVED_OUT: (0, 0, 1),
        Flow.EXPIRED: (0, 0, 2),
        Flow.REVOKED: (0, 0, 1),
        Flow.SUSPENDED: (0, 0, 1),
    }
    assert found.opening == (0, 0, 7)
    assert found.closing == (0, 1, 5)
    assert found.adds_up
    assert [row.total for row in found.rows] == [1, 1, 1, 1, 1, 2, 1, 1]


def test_balance_when_the_ends_do_not_fit_then_it_says_so() -> None:
    found = balance({3: 6}, events_in(RUNS, HALF), CLOSING, stars=(5, 4, 3))

    assert not found.adds_up


def test_decisions_of_the_half_year() -> None:
    assert Counter((each.turn, each.stars) for each in decided_in(RUNS, HALF)) == {
        (Turn.FIRST, 3): 1,
        (Turn.UPGRADE, 4): 1,
        (Turn.RENEWAL, 3): 2,
    }


def test_decision_of_the_centre_on_what_a_province_recognised_is_an_upgrade() -> None:
    """The same dossier: 4★ by the province on 1 May, 5★ by the centre on 1 June."""
    runs = [
        run(date(2026, 5, 1), date(2026, 5, 31), stars=4, after=5, ended_by="superseded"),
        run(date(2026, 6, 1), stars=5, before=4),
    ]

    assert [(each.turn, each.stars) for each in decided_in(runs, HALF)] == [
        (Turn.FIRST, 4),
        (Turn.UPGRADE, 5),
    ]


def test_rows_by_place_count_what_was_decided_and_lost() -> None:
    rows = place_rows(
        {"Chè": 7},
        {"Chè": 6, "Mật ong": 1},
        decided=decided_in(RUNS, HALF),
        events=events_in(RUNS, HALF),
        place=0,
    )

    assert sorted(rows, key=lambda row: str(row.value)) == [
        PlaceRow("Chè", 7, 1, 2, 1, 2, 1, 1, 6),
        PlaceRow("Mật ong", closing=1),
    ]
    assert rows[0].figures[0] + rows[1].figures[0] == 7


def test_rows_by_place_also_name_a_place_that_has_none_any_more() -> None:
    gone = Decided(Turn.FIRST, 3, ("Rượu",))

    rows = place_rows({}, {}, decided=[gone], events=[], place=0)

    assert rows == [PlaceRow("Rượu", first=1)]


@pytest.mark.parametrize("flow", list(Flow))
def test_flows_have_words_and_a_sign(flow: Flow) -> None:
    assert flow.label
    assert flow.sign == (
        1 if flow in (Flow.FIRST, Flow.AGAIN, Flow.RESTORED, Flow.MOVED_IN) else -1
    )


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[int, int, int]]:
    """A product's runs: first day, length, stars; days counted from the year's beginning."""
    found, day = [], draw(st.integers(-400, 200))
    for _run in range(draw(st.integers(0, 5))):
        length = draw(st.integers(1, 150))
        found.append((day, length, draw(st.sampled_from((3, 4, 5)))))
        day += length + draw(st.sampled_from((0, 0, 1, 30)))
    return found


@settings(deadline=None)
@given(st.lists(lives(), max_size=6))
def test_balance_of_any_lives_adds_up(products: list[list[tuple[int, int, int]]]) -> None:
    runs, opening, closing = [], Counter[int](), Counter[int]()
    for life in products:
        spans = [
            (date.fromordinal(HALF.first.toordinal() + day), length, stars)
            for day, length, stars in life
        ]
        for place, (first, length, stars) in enumerate(spans):
            last = date.fromordinal(first.toordinal() + length - 1)
            earlier, later = spans[:place][-1:], spans[place + 1 : place + 2]
            runs.append(
                run(
                    first,
                    last,
                    stars=stars,
                    before=next(
                        (s for f, n, s in earlier if f.toordinal() + n == first.toordinal()), None
                    ),
                    after=next(
                        (s for f, _n, s in later if f.toordinal() == last.toordinal() + 1), None
                    ),
                )
            )
            opening[stars] += first <= HALF.day_before <= last
            closing[stars] += first <= HALF.last <= last

    found: Balance = balance(opening, events_in(runs, HALF), closing, stars=(5, 4, 3))

    assert found.adds_up
