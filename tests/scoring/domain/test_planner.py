from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.regime import Band
from scoring.domain.evaluation import Evaluation, evaluate
from scoring.domain.fewest import Line, fewest, fewest_count
from scoring.domain.gates import GateFinding
from scoring.domain.planner import Planning, plan, plan_from
from scoring.domain.rubric import Criterion, Effect, Exclusion, Option, Rubric, Rule
from scoring.domain.sheet import tally
from scoring.domain.standing import standing_of_council
from tests.scoring.domain.tables import (
    BANDS,
    all_rubrics,
    best,
    criterion,
    part,
    rubric,
    section,
    small,
)

TABLE = small()
FEW = tuple(Band(stars, start) for stars, start in ((1, 0), (2, 2), (3, 4), (4, 7), (5, 10)))
Key = tuple[int, int, int]


def shown(planning: Planning) -> list[str]:
    """Every plan as one line: criterion, the points aimed at, what it adds; total and stars."""
    return [
        " ".join(f"{each.criterion}>{each.aim.points}+{each.gained}" for each in found.changes)
        + f" = {found.total.shown()}/{found.stars}"
        for found in planning.plans
    ]


def table(*criteria: Criterion, exclusions: tuple[Exclusion, ...] = ()) -> Rubric:
    return rubric(part("A", section("1", *criteria)), exclusions=exclusions)


def test_alternatives_of_equal_effort_stand_in_the_order_of_the_sheet() -> None:
    choices = best(TABLE) | {"1.1": "1.1/10", "5.1": "5.1/5", "6": "6/5", "7": "7/10"}

    found = plan(TABLE, choices, bands=BANDS)

    assert evaluate(TABLE, choices, bands=BANDS).total == 60
    assert (found.target, found.more) == (4, 0)
    assert shown(found) == [
        "1.1>20+10 = 70/4",
        "5.1>15+10 = 70/4",
        "6>15+10 = 70/4",
        "7>20+10 = 70/4",
    ]
    assert found.plans[0].changes[0].chosen == TABLE.by_code["1.1"].option("1.1/10")


def test_from_nothing_the_fewest_criteria_reach_the_band_and_its_gate() -> None:
    found = plan(TABLE, {}, bands=BANDS)

    assert shown(found) == ["5.1>15+15 6>15+15 7>20+20 = 50/3"]
    assert found.plans[0].changes[0].chosen is None


def test_a_shut_gate_is_opened_by_its_least_option_although_the_points_suffice() -> None:
    found = plan(TABLE, best(TABLE) | {"7": "7/0"}, bands=BANDS)

    assert (found.target, shown(found)) == (3, ["7>5+5 = 85/3"])


def test_a_note_that_ended_the_scoring_is_taken_away_first() -> None:
    found = plan(TABLE, best(TABLE) | {"6": None}, bands=BANDS)

    assert (found.target, shown(found)) == (3, ["6>5+5 = 90/5"])


def test_points_that_come_back_with_a_story_are_counted_with_the_story() -> None:
    found = plan(TABLE, best(TABLE) | {"5.1": "5.1/0"}, bands=BANDS)

    assert (found.target, shown(found)) == (5, ["5.1>5+15 = 90/5"])


def test_a_ground_found_by_people_leaves_no_plan() -> None:
    excluded = rubric(*TABLE.parts, exclusions=(Exclusion("x1", "giả mạo"),))

    assert plan(excluded, best(excluded), {"x1"}, bands=BANDS) == Planning(3)
    assert plan(TABLE, best(TABLE), {"dirt"}, bands=BANDS) == Planning(3)


def test_what_was_found_not_to_apply_gives_nothing_to_plan_with() -> None:
    choices = best(TABLE) | {"5.2": None, "6": "6/5"}

    with_structure = plan(TABLE, choices, bands=BANDS)
    without_it = plan(TABLE, choices, {"z"}, bands=BANDS)

    assert shown(with_structure) == ["5.2>10+10 = 90/5", "6>15+10 = 90/5"]
    assert shown(without_it) == ["6>15+10 = 90/5"]


def test_nothing_is_above_five_stars_nor_below_what_is_reached() -> None:
    assert plan(TABLE, best(TABLE), bands=BANDS) == Planning(None)
    assert plan(TABLE, best(TABLE), bands=BANDS, target=4) == Planning(None)


def test_a_chosen_case_is_kept_and_equal_options_are_one() -> None:
    two = tuple(
        Option(f"1/{key}", points, key, case)
        for key, points, case in (("a", 1, 1), ("b", 5, 1), ("c", 1, 2), ("d", 5, 2))
    )
    cases = table(criterion("1", 1, 5, options=two, cases=("một", "hai")))

    aims = [
        [found.changes[0].aim.id for found in plan(cases, {"1": chosen}, bands=FEW).plans]
        for chosen in (None, "1/a", "1/c")
    ]

    assert aims == [["1/b"], ["1/b"], ["1/d"]]


def test_more_plans_than_listed_are_counted() -> None:
    many = table(*(criterion(str(code), 0, 1, 2) for code in range(12)))

    found = plan(many, {}, bands=FEW, listed=3)

    assert (shown(found)[0], len(found.plans), found.more) == ("0>2+2 1>2+2 = 4/3", 3, 63)


def test_a_gate_on_what_cannot_apply_is_out_of_reach() -> None:
    gated = table(
        criterion("1", 0, 9),
        criterion("2", 0, 1, star={1: 3}, rules=(Rule("z", "", Effect.ZERO),)),
    )

    assert plan(gated, {}, {"z"}, bands=FEW) == Planning(3)


def test_a_story_that_itself_does_not_apply_is_told_with_the_least_effort() -> None:
    """2 counts only where 1 is told, and 1 never counts: its smallest option is enough."""
    never = (Rule("never", "", Effect.ZERO),)
    follows = (Rule("follows", "", Effect.ZERO, ("1",)),)
    told = table(criterion("1", 0, 2, 3, rules=never), criterion("2", 0, 4, rules=follows))

    found = plan(told, {}, {"never"}, bands=FEW)

    assert shown(found) == ["1>2+0 2>4+4 = 4/3"]


def test_a_criterion_without_a_better_option_cannot_be_forced() -> None:
    stuck = table(
        criterion("1", 0, rules=(Rule("s", "", Effect.STOP, ("1",)),)), criterion("2", 0, 9)
    )

    assert plan(stuck, {}, bands=FEW) == Planning(3)


COUNCIL = [
    best(TABLE) | {"1.1": "1.1/10", "7": "7/10"},
    best(TABLE) | {"1.1": "1.1/10", "7": "7/10"},
    best(TABLE) | {"1.1": "1.1/20", "6": "6/5", "7": "7/5"},
]


def gates(**met: bool) -> list[GateFinding]:
    return [
        GateFinding(code, star, met.get(f"g{star}", True))
        for code, star in (("7", 3), ("1.2", 4), ("7", 4), ("7", 5))
    ]


def test_a_council_s_mean_is_carried_on_exactly() -> None:
    """Totals 80, 80 and 75: mean 78.33; all at 20 points for 7 adds 35 to the three sheets."""
    standing = standing_of_council(TABLE, COUNCIL, found=gates(g5=False))

    found = plan_from(standing, bands=BANDS)

    assert [tally(TABLE, each).total for each in COUNCIL] == [80, 80, 75]
    assert (found.target, shown(found)) == (5, ["7>20+35 = 90/5"])


def test_a_gate_that_the_council_found_shut_has_to_be_proved_even_where_members_chose_it() -> None:
    standing = standing_of_council(TABLE, COUNCIL, found=gates(g3=False, g5=False))

    found = plan_from(standing, bands=BANDS)

    assert (found.target, shown(found)) == (3, ["7>10+5 = 80/4"])
    assert found.plans[0].changes[0].chosen == found.plans[0].changes[0].aim


def test_of_options_with_equal_votes_the_lower_stands() -> None:
    sheets = [best(TABLE), best(TABLE) | {"7": "7/10", "6": None}]

    standing = standing_of_council(TABLE, sheets, found=gates())

    assert standing.chosen["7"] == TABLE.by_code["7"].option("7/10")
    assert standing.chosen["6"] is None


def test_selections_are_counted_as_they_are_listed() -> None:
    lines = [Line("a", (1, 3)), Line("b", (2,), forced=True), Line("c", (1, 2, 3))]

    assert fewest_count(lines, 5) == 2
    found = fewest(lines, 4, count=2)
    assert (found.gain, found.ways) == (4, 1)
    assert list(found.selections()) == [(("b", 2), ("c", 2))]
    assert fewest_count(lines, 9) is None


def sheets_of(found: Rubric) -> st.SearchStrategy[dict[str, str | None]]:
    return st.fixed_dictionaries(
        {
            each.code: st.sampled_from([None, *(option.id for option in each.options)])
            for each in found.criteria
        }
    )


CODES = ("1", "2", "3", "4")


@st.composite
def noted(draw: st.DrawFn, code: str) -> tuple[Rule, ...]:
    """Up to two notes: found by people alone, or drawn from one or two criteria at 0."""
    found = []
    for place, effect in enumerate(draw(st.lists(st.sampled_from(list(Effect)), max_size=2))):
        free = [each for each in CODES if effect is not Effect.ZERO or each != code]
        drawn = draw(st.lists(st.sampled_from(free), max_size=2, unique=True))
        found.append(Rule(f"r{code}{place}", "", effect, tuple(drawn)))
    return tuple(found)


@st.composite
def tables(draw: st.DrawFn) -> Rubric:
    """Four small criteria with gates that rise, cases, equal points, notes of all effects."""
    criteria = []
    for code in CODES:
        points = draw(st.lists(st.integers(0, 4), min_size=1, max_size=3))
        by_case = draw(st.sampled_from([False, False, True]))
        stars = draw(st.lists(st.sampled_from([3, 4, 5]), max_size=2, unique=True))
        marked = sorted(place for place, worth in enumerate(points) if worth)
        marked.sort(key=lambda place: points[place])
        gates = dict(zip(marked, sorted(stars), strict=False))
        options = tuple(
            Option(
                f"{code}/{place}",
                worth,
                str(place),
                case=1 + place % 2 if by_case else None,
                min_for_star=gates.get(place),
            )
            for place, worth in enumerate(points)
        )
        criteria.append(criterion(code, *points, options=options, rules=draw(noted(code))))
    return table(*criteria)


def reached(found: Evaluation) -> int:
    return found.stars if found.stars and found.stars >= 3 else 0


def brute_force(
    found: Rubric, start: Mapping[str, str | None], findings: frozenset[str], target: int
) -> tuple[Key, set[frozenset[tuple[str, int]]]]:
    """Every sheet there is: the smallest effort that has the star, and the plans that cost it."""
    smallest: Key = (99, 0, 0)
    plans: set[frozenset[tuple[str, int]]] = set()
    points = found.points_of
    for sheet in product(*(_moves(each, start[each.code]) for each in found.criteria)):
        choices = dict(zip(found.by_code, sheet, strict=True))
        changed = {code for code, chosen in choices.items() if chosen != start[code]}
        if len(changed) > smallest[0]:
            continue
        after = evaluate(found, choices, findings, bands=FEW)
        if reached(after) < target:
            continue
        worth = {code: points.get(choices[code] or "", 0) for code in changed}
        raw = sum(worth[code] - points.get(start[code] or "", 0) for code in changed)
        key = (len(changed), after.total, raw)
        if key < smallest:
            smallest, plans = key, set()
        if key == smallest:
            plans.add(frozenset(worth.items()))
    return smallest, plans


def _moves(found: Criterion, chosen: str | None) -> Sequence[str | None]:
    current = found.option(chosen) if chosen else None
    case = current.case if current else None
    return [None, *(each.id for each in found.options if case is None or each.case == case)]


@settings(max_examples=40)
@given(data=st.data())
def test_the_planner_equals_brute_force(data: st.DataObject) -> None:
    """Every smallest plan and no other, whatever was found and whichever star is aimed at."""
    found = data.draw(tables())
    start = data.draw(sheets_of(found))
    ids = [rule.id for _, rule in found.rules]
    findings = frozenset(data.draw(st.sets(st.sampled_from(ids), max_size=1)) if ids else ())
    target = data.draw(st.sampled_from([None, None, 4, 5]))

    planning = plan(found, start, findings, bands=FEW, target=target, listed=1000)

    now = reached(evaluate(found, start, findings, bands=FEW))
    aim = target or max(now + 1, 3)
    assert planning.target == (None if aim > 5 or aim <= now else aim)
    if planning.target is None:
        return
    (count, total, _raw), plans = brute_force(found, start, findings, aim)
    assert planning.more == 0
    listed = [
        frozenset((each.criterion, each.aim.points) for each in each_plan.changes)
        for each_plan in planning.plans
    ]
    assert (len(listed), set(listed)) == (len(plans), plans)
    before = tally(found, start, findings).total
    for each_plan in planning.plans:
        applied = start | {each.criterion: each.aim.id for each in each_plan.changes}
        after = evaluate(found, applied, findings, bands=FEW)
        assert (after.total, after.stars) == (each_plan.total.points, each_plan.stars)
        assert (len(each_plan.changes), after.total) == (count, total)
        assert before + sum(each.gained for each in each_plan.changes) == total


@pytest.mark.exhaustive
@pytest.mark.parametrize("choose", [None, min, max], ids=["nothing", "least", "best"])
def test_every_set_has_a_plan_unless_it_is_at_its_best(choose: object) -> None:
    for found in all_rubrics():
        if not found.parts:
            continue
        start = {
            each.code: choose(each.options, key=lambda option: option.points).id
            for each in found.criteria
            if callable(choose)
        }
        planning = plan(found, start, bands=BANDS)
        assert (planning.target is None) == (choose is max)
        assert bool(planning.plans) == (choose is not max)
