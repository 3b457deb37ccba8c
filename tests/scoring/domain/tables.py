"""Small rubrics and files for the tests of the engine."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import scoring
from registry.domain.regime import Band
from scoring.domain.document import rubric_from_document
from scoring.domain.rubric import Criterion, Effect, Option, Part, Rubric, Rule, Section

BANDS = tuple(Band(stars, start) for stars, start in ((1, 0), (2, 30), (3, 50), (4, 70), (5, 90)))
MAXIMA = {"2019": {"A": 35, "B": 25, "C": 40}, "2026": {"A": 40, "B": 25, "C": 35}}
RUBRIC_FILES = Path(scoring.__file__).parent / "data" / "rubrics"
GOLDEN = Path(__file__).parent / "golden"


def golden(name: str) -> dict[str, Any]:
    return tomllib.loads((GOLDEN / f"{name}.toml").read_text(encoding="utf-8"))


def rubric_file(regime: str, number: int) -> Rubric:
    return next(
        found for found in all_rubrics() if (found.regime, found.number) == (regime, number)
    )


@cache
def all_rubrics() -> tuple[Rubric, ...]:
    return tuple(
        rubric_from_document(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in sorted(RUBRIC_FILES.glob("*/*.toml"))
    )


def options(code: str, *points: int, star: dict[int, int] | None = None) -> tuple[Option, ...]:
    """One option for each number of points, `star` marking some of them."""
    return tuple(
        Option(
            f"{code}/{points_}", points_, f"mức {points_}", min_for_star=(star or {}).get(points_)
        )
        for points_ in points
    )


def criterion(code: str, *points: int, **fields: Any) -> Criterion:
    star = fields.pop("star", None)
    return Criterion(
        code=code,
        name=f"Tiêu chí {code}",
        max=fields.pop("max", max(points, default=0)),
        clause="",
        options=fields.pop("options", options(code, *points, star=star)),
        **fields,
    )


def section(code: str, *criteria: Criterion) -> Section:
    return Section(code, f"Mục {code}", sum(each.max for each in criteria), criteria)


def part(code: str, *sections: Section) -> Part:
    return Part(code, f"Phần {code}", sum(each.max for each in sections), sections)


def rubric(*parts: Part, **fields: Any) -> Rubric:
    return Rubric(
        regime="2026",
        number=99,
        name="Bộ thử",
        decree="Quyết định thử",
        clause="Phụ lục thử",
        parts=parts,
        **fields,
    )


def small(*, story_rule: bool = True) -> Rubric:
    """40 + 25 + 35 points in six criteria, with gates, a story and two ways to be stopped."""
    no_story = (Rule("z", "chưa có câu chuyện", Effect.ZERO, ("5.1",)),) if story_rule else ()
    return rubric(
        part(
            "A",
            section(
                "1",
                criterion("1.1", 0, 10, 20, rules=(Rule("imported", "nhập", Effect.EXCLUDED),)),
                criterion("1.2", 0, 10, 20, star={10: 4}),
            ),
        ),
        part(
            "B",
            section("5", criterion("5.1", 0, 5, 15), criterion("5.2", 0, 10, rules=no_story)),
        ),
        part(
            "C",
            section(
                "6",
                criterion("6", 0, 5, 15, rules=(Rule("dirt", "bẩn", Effect.STOP, ("6",)),)),
                criterion("7", 0, 5, 10, 20, star={5: 3, 10: 4, 20: 5}),
            ),
        ),
    )


def best(table: Rubric) -> dict[str, str | None]:
    """The choices that give every criterion its maximum."""
    return {
        each.code: max(each.options, key=lambda option: option.points).id for each in table.criteria
    }
