"""The planner and the evaluation on every published set, beside their limits.

Each set is planned from nothing, from its least options, and from random sheets, to the next
star and to five stars; the slowest is what counts. No database and no server are needed.
"""

import random
import time
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import scoring
from registry.domain.regime import Band
from registry.domain.regime_records import regime_from
from scoring.domain.document import rubric_from_document
from scoring.domain.evaluation import evaluate
from scoring.domain.planner import plan
from scoring.domain.rubric import Rubric

PLANNER_LIMIT_MS = 300
EVALUATION_LIMIT_MS = 30
RANDOM_SHEETS = 10
RUBRICS = Path(scoring.__file__).parent / "data" / "rubrics"
REGIMES = Path(scoring.__file__).parent.parent / "registry" / "data" / "regimes"

Sheet = dict[str, str | None]


def main() -> int:
    """Prints the figures; 1 where a limit is broken."""
    planned: list[float] = []
    evaluated: list[float] = []
    for rubric in rubrics():
        bands = bands_of(rubric.regime)
        for sheet in sheets(rubric):
            evaluated.append(_milliseconds(partial(evaluate, rubric, sheet, bands=bands)))
            for target in (None, 5):
                ask = partial(plan, rubric, sheet, bands=bands, target=target)
                planned.append(_milliseconds(ask))
    kept = line("planner", planned, share=1.0, limit=PLANNER_LIMIT_MS)
    kept &= line("evaluation", evaluated, share=0.95, limit=EVALUATION_LIMIT_MS)
    return 0 if kept else 1


def rubrics() -> Iterator[Rubric]:
    """Every set that has criteria."""
    for file in sorted(RUBRICS.glob("*/*.toml")):
        rubric = rubric_from_document(tomllib.loads(file.read_text(encoding="utf-8")))
        if rubric.parts:
            yield rubric


def bands_of(regime: str) -> tuple[Band, ...]:
    text = (REGIMES / f"{regime}.toml").read_text(encoding="utf-8")
    return regime_from(tomllib.loads(text)).bands


def sheets(rubric: Rubric) -> Iterator[Sheet]:
    """Nothing, the least options, and random ones that are the same at every run."""
    yield {}
    yield {
        each.code: min(each.options, key=lambda option: option.points).id
        for each in rubric.criteria
    }
    draw = random.Random(f"{rubric.regime}/{rubric.number}")  # noqa: S311 - figures, no secret
    for _ in range(RANDOM_SHEETS):
        yield {
            each.code: draw.choice([None, *(option.id for option in each.options)])
            for each in rubric.criteria
        }


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def line(name: str, figures: list[float], *, share: float, limit: int) -> bool:
    """Prints how long the runs took; whether that share of them kept the limit."""
    ordered = sorted(figures)
    usual, judged = ordered[len(ordered) // 2], ordered[int((len(ordered) - 1) * share)]
    print(  # noqa: T201 - a person reads it at the terminal
        f"{name:<12} {len(ordered):>5} runs   median {usual:7.2f} ms"
        f"   {share:4.0%} within {judged:7.2f} ms   limit {limit} ms"
    )
    return judged <= limit


if __name__ == "__main__":
    raise SystemExit(main())
