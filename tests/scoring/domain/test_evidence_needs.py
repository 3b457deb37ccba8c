"""Options that speak of a paper, chosen with none or with one that has run out."""

from datetime import date
from pathlib import Path

import pytest

from cycle.selectors import checklist
from scoring.domain.evidence_needs import Lack, Need, Paper, flags
from scoring.domain.rubric import Criterion, Option, Part, Rubric, Section
from scoring.selectors.evidence_flags import needs_of
from scoring.services.rubric_files import RUBRIC_FILES, read

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


@pytest.mark.parametrize("regime", ["2019", "2026"])
def test_every_need_names_an_item_of_the_checklist_and_a_criterion_of_some_set(regime: str) -> None:
    files = sorted((Path(RUBRIC_FILES) / regime).glob("*.toml"))
    criteria = [criterion for file in files for criterion in read(file).criteria]

    assert needs_of(regime)
    for need in needs_of(regime):
        assert checklist(regime).item(need.item) is not None
        assert any(
            need.concerns(criterion, option.points)
            for criterion in criteria
            for option in criterion.options
        ), need


def test_nothing_is_known_of_a_regime_without_a_file() -> None:
    assert needs_of("2023") == ()
    assert needs_of("../2026") == ()
