"""Options that speak of a paper, chosen with none or with one that has run out."""

from datetime import date

import pytest

from scoring.domain.evidence_needs import Lack, Need, Paper, flags, needs_from
from scoring.domain.rubric import Criterion, Option, Part, Rubric, Section

ON = date(2026, 6, 1)
CRITERION = Criterion(
    "1.5",
    "Bảo vệ môi trường",
    5,
    "",
    tuple(Option(f"x/1.5/{points}", points, "") for points in (1, 3, 5)),
)
RUBRIC = Rubric("x", 1, "X", "", "", (Part("A", "A", 5, (Section("1", "1", 5, (CRITERION,)),)),))
NEED = Need("environment", "BẢO VỆ MÔI TRƯỜNG", 3)
GOOD = Paper("environment", (), date(2026, 6, 1))
GONE = Paper("environment", (), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("chosen", "papers", "lack"),
    [
        ("x/1.5/3", (), Lack.NONE),
        ("x/1.5/5", (), Lack.NONE),
        ("x/1.5/1", (), None),
        (None, (), None),
        ("x/1.5/3", (GOOD,), None),
        ("x/1.5/3", (GONE,), Lack.EXPIRED),
        ("x/1.5/3", (GONE, GOOD), None),
        ("x/1.5/3", (Paper("story", ("1.5",), None),), None),
        ("x/1.5/3", (Paper("story", ("1.4",), None),), Lack.NONE),
    ],
)
def test_an_option_that_needs_a_paper_is_flagged_without_a_good_one(
    chosen: str | None, papers: tuple[Paper, ...], lack: Lack | None
) -> None:
    found = flags(RUBRIC, {"1.5": chosen}, (NEED,), papers, on=ON)

    assert [flag.lack for flag in found] == ([lack] if lack else [])


@pytest.mark.parametrize(("points", "is_needed"), [(1, False), (3, True), (5, False)])
def test_a_need_may_end_where_higher_options_speak_of_something_else(
    points: int, *, is_needed: bool
) -> None:
    need = Need("environment", "Bảo vệ môi trường", 3, 4)

    found = flags(RUBRIC, {"1.5": f"x/1.5/{points}"}, (need,), (), on=ON)

    assert bool(found) is is_needed


def test_needs_are_read_from_their_record_and_a_lack_says_what_it_is() -> None:
    rows = [{"item": "environment", "heading": "Bảo vệ môi trường", "from_points": 3}]

    assert needs_from({"needs": rows}) == (Need("environment", "Bảo vệ môi trường", 3, None),)
    assert all(lack.label for lack in Lack)
