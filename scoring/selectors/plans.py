"""The way to the next star as a page shows it: what to change, from what, by which proof."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.selectors import regime
from scoring.domain.gates import GateFinding
from scoring.domain.planner import Change, Plan, Planning, plan, plan_from
from scoring.domain.rubric import Criterion, Rubric
from scoring.domain.sheet import Choices
from scoring.domain.standing import standing_of_council
from scoring.domain.stars import Mean
from scoring.models import Rating
from scoring.selectors.rechecks import stored_sheets
from scoring.selectors.rubrics import rubric_of

# Below three sheets the usual option of a criterion would tell what a single member chose.
FEWEST_SHEETS = 3


@dataclass(frozen=True)
class Step:
    """One change in the words of the rubric, with the papers that are linked to its criterion."""

    criterion: Criterion
    change: Change
    gained: str
    needed_for: int | None
    papers: tuple[Any, ...]


@dataclass(frozen=True)
class Route:
    """One plan as steps."""

    steps: tuple[Step, ...]
    total: str
    stars: int


@dataclass(frozen=True)
class Guide:
    """What is said about the next star.

    `target` is None where nothing is above; without routes the target is out of reach.
    """

    target: int | None
    routes: tuple[Route, ...]
    more: int

    @property
    def first(self) -> Route | None:
        return self.routes[0] if self.routes else None

    @property
    def others(self) -> tuple[Route, ...]:
        return self.routes[1:]

    @property
    def all_others(self) -> int:
        return len(self.others) + self.more


Papers = Mapping[str, tuple[Any, ...]]


def guide(
    rubric: Rubric,
    choices: Choices,
    findings: Collection[str] = (),
    *,
    papers: Papers | None = None,
) -> Guide:
    """From the options of one sheet; what is unanswered counts as meeting none."""
    found = plan(rubric, choices, findings, bands=regime(rubric.regime).bands)
    return _guide(rubric, found, sheets=1, papers=papers or {})


def guide_of_rating(rating: Rating, *, papers: Papers | None = None) -> Guide | None:
    """From a council's result: the options that most of its sheets chose, the exact mean.

    None where fewer than three sheets were counted.
    """
    if rating.sheets < FEWEST_SHEETS:
        return None
    rubric = rubric_of(rating.edition)
    sheets = [sheet.choices for sheet in stored_sheets(rating)]
    standing = standing_of_council(
        rubric,
        [{code: sheet.get(code) for code in rubric.by_code} for sheet in sheets],
        found=[GateFinding(code, star, met) for code, star, met in rating.gates],
        findings=frozenset(rating.grounds),
    )
    found = plan_from(standing, bands=regime(rating.regime).bands)
    return _guide(rubric, found, sheets=rating.sheets, papers=papers or {})


def papers_by_criterion(links: Sequence[Any]) -> dict[str, tuple[Any, ...]]:
    """The evidence that a dossier names for a criterion."""
    found: dict[str, list[Any]] = {}
    for link in links:
        for code in link.criteria:
            found.setdefault(str(code), []).append(link.evidence)
    return {code: tuple(each) for code, each in found.items()}


def _guide(rubric: Rubric, found: Planning, *, sheets: int, papers: Papers) -> Guide:
    routes = tuple(_route(rubric, each, sheets, papers) for each in found.plans)
    return Guide(found.target, routes, found.more)


def _route(rubric: Rubric, found: Plan, sheets: int, papers: Papers) -> Route:
    steps = tuple(
        Step(
            criterion=rubric.by_code[change.criterion],
            change=change,
            gained=Mean(change.gained, sheets).shown(),
            needed_for=_needed_for(rubric.by_code[change.criterion], change, found.stars),
            papers=papers.get(change.criterion, ()),
        )
        for change in found.changes
    )
    return Route(steps, found.total.shown(), found.stars)


def _needed_for(criterion: Criterion, change: Change, stars: int) -> int | None:
    """The highest gate, up to the plan's stars, that this change opens."""
    before = change.chosen.points if change.chosen else 0
    return max(
        (
            gate.star
            for gate in criterion.gates
            if gate.star <= stars and before < gate.min_points <= change.aim.points
        ),
        default=None,
    )
