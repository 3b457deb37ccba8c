from dataclasses import replace

import pytest

from scoring.domain.rubric import Criterion, Effect, Option, Rubric, Rule
from scoring.domain.stars import Mean
from scoring.domain.whatif import Likeness, matches, what_if
from tests.scoring.domain.tables import (
    BANDS,
    all_rubrics,
    best,
    criterion,
    part,
    rubric,
    rubric_file,
    section,
    small,
)


def asked(code: str, name: str, **levels: int) -> Criterion:
    """A criterion with one option for each wording; underscores are spaces."""
    options = tuple(
        Option(f"{code}/{worth}", worth, wording.replace("_", " "))
        for wording, worth in levels.items()
    )
    return replace(criterion(code, options=options, max=max(levels.values())), name=name)


def table(*criteria: Criterion) -> Rubric:
    return rubric(part("A", section("1", *criteria)))


SOURCE = table(
    asked("1", "Nguồn gốc", từ_xa=0, trong_tỉnh=1, trong_xã=3),
    asked("2", "Bao bì", thô=0, đẹp=2, rất_đẹp_và_sang=5),
    asked("3", "Kế toán", không=0, có=2),
)
OTHER = table(
    asked("1", "Nguồn gốc", từ_xa=0, trong_huyện=1, trong_xã=5),
    asked("7", "Bao bì", thô=0, đẹp=1, tốt=4),
    asked("8", "Số hóa", không=0, có=90),
)


def bracket(choices: dict[str, str | None]) -> dict[str, tuple[int, int]]:
    found = what_if(SOURCE, [choices], OTHER, bands=BANDS)
    return {
        each.match.criterion.code: (each.least.points, each.most.points) for each in found.brackets
    }


def test_criteria_are_matched_by_code_and_heading_else_by_heading() -> None:
    found = matches(SOURCE, OTHER)

    assert [(each.source.code if each.source else None, each.likeness) for each in found] == [
        ("1", Likeness.SAME),
        ("2", Likeness.MOVED),
        (None, Likeness.NONE),
    ]
    assert Likeness.MOVED.label == "Cùng nội dung, khác mã"


def test_the_same_wording_is_exact_and_what_lies_between_is_bracketed() -> None:
    assert bracket({"1": "1/3", "2": "2/2", "3": "3/2"}) == {"1": (5, 5), "7": (1, 1), "8": (0, 90)}
    assert bracket({"1": "1/1", "2": "2/5", "3": None}) == {"1": (0, 5), "7": (1, 4), "8": (0, 90)}
    assert bracket({"1": None, "2": None, "3": None}) == {"1": (0, 5), "7": (0, 1), "8": (0, 90)}


def test_what_only_one_table_asks_about_is_listed() -> None:
    found = what_if(SOURCE, [best(SOURCE)], OTHER, bands=BANDS)

    assert [each.code for each in found.left_out] == ["3"]
    assert [each.code for each in found.unmatched] == ["8"]
    assert (found.least, found.most) == (Mean(6, 1), Mean(99, 1))
    assert (found.least_stars, found.most_stars) == (0, 5)


def test_tables_that_order_their_levels_differently_leave_everything_open() -> None:
    upside_down = table(asked("1", "Nguồn gốc", trong_xã=0, trong_huyện=1, từ_xa=4))

    found = what_if(SOURCE, [best(SOURCE) | {"1": "1/1"}], upside_down, bands=BANDS)

    assert (found.least.points, found.most.points) == (0, 4)


def test_figures_must_be_the_same() -> None:
    half = table(asked("1", "Tỷ lệ", từ_50_phần_trăm_trở_lên_trong_tỉnh=3))
    more = table(asked("1", "Tỷ lệ", từ_75_phần_trăm_trở_lên_trong_tỉnh=3))

    assert what_if(half, [best(half)], more, bands=BANDS).brackets[0].is_exact is False
    assert what_if(half, [best(half)], half, bands=BANDS).brackets[0].is_exact is True


def test_a_note_that_would_end_the_scoring_leaves_no_star() -> None:
    stops = (Rule("s", "", Effect.STOP, ("1",)),)
    strange = replace(criterion("1", 0, 10, rules=stops), name="Lạ")
    strict = table(strange, criterion("2", 90))
    source = table(replace(criterion("2", 90), name="Tiêu chí 2"))

    found = what_if(source, [best(source)], strict, bands=BANDS)

    assert (found.least.points, found.least_stars, found.most_stars) == (90, 0, 5)


def test_several_sheets_keep_an_exact_mean() -> None:
    sheets = [{"1": "1/3", "2": "2/2", "3": None}, {"1": "1/3", "2": None, "3": None}]

    found = what_if(SOURCE, sheets, OTHER, bands=BANDS)

    assert (found.least, found.most) == (Mean(11, 2), Mean(192, 2))


def test_a_table_compared_with_itself_is_exact() -> None:
    found = what_if(small(), [best(small())], small(), bands=BANDS)

    assert (found.least, found.most) == (Mean(100, 1), Mean(100, 1))
    assert found.most_stars == found.least_stars == 5


@pytest.mark.exhaustive
@pytest.mark.parametrize("number", [1, 6])
def test_sets_of_two_decrees_are_bracketed(number: int) -> None:
    source = rubric_file("2019", number)
    for other in all_rubrics():
        if other.regime == "2026" and other.number in {11, 13}:
            found = what_if(source, [best(source)], other, bands=BANDS)

            assert 0 <= found.least.points <= found.most.points <= 100
            assert found.least_stars <= found.most_stars
            assert len(found.brackets) == len(other.criteria)
