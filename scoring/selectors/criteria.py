"""The criteria as citizens read them: every set of every regime, and why some are drafts."""

from dataclasses import dataclass

from registry.domain.regime import Regime
from registry.models import ProductSet
from registry.selectors import regimes
from scoring.domain.faults import Fault
from scoring.domain.rubric import Criterion, Rubric
from scoring.models import RubricEdition
from scoring.selectors.rubrics import current_editions, faults_of, rubric_of


@dataclass(frozen=True)
class SetLine:
    """One set of the list; a draft says why it cannot be scored by."""

    edition: RubricEdition
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Shelf:
    """A regime with its sets under the headings of its taxonomy; none where no table is known."""

    regime: Regime
    groups: tuple[tuple[str, tuple[SetLine, ...]], ...]

    @property
    def count(self) -> int:
        return sum(len(lines) for _, lines in self.groups)


@dataclass(frozen=True)
class GateLine:
    """A criterion with the fewest points that each number of stars asks of it."""

    criterion: Criterion
    least: tuple[int | None, ...]


@dataclass(frozen=True)
class GateTable:
    """The gates of a rubric: one column for each number of stars, one line for a criterion."""

    stars: tuple[int, ...]
    lines: tuple[GateLine, ...]


def shelves() -> list[Shelf]:
    """Every regime, the newest first."""
    editions = current_editions()
    drafts = _rubrics_of_drafts(editions)
    headings = {
        (regime, number): group or industry
        for regime, number, group, industry in ProductSet.objects.order_by("pk").values_list(
            "regime", "number", "group", "industry"
        )
    }
    found = []
    for regime in sorted(regimes(), key=lambda each: each.effective_from, reverse=True):
        groups: dict[str, list[SetLine]] = {}
        for edition in editions:
            if edition.regime == regime.code:
                line = SetLine(
                    edition, faults_of(drafts[edition.pk]) if edition.pk in drafts else ()
                )
                heading = headings.get((edition.regime, edition.set_number), "")
                groups.setdefault(heading, []).append(line)
        found.append(Shelf(regime, tuple((name, tuple(lines)) for name, lines in groups.items())))
    return found


def gate_table(rubric: Rubric) -> GateTable | None:
    """The criteria with gates in the order of the sheet; None where the rubric has no gate."""
    stars = tuple(sorted({gate.star for gate in rubric.gates}))
    least = {(gate.criterion, gate.star): gate.min_points for gate in rubric.gates}
    lines = tuple(
        GateLine(criterion, tuple(least.get((criterion.code, star)) for star in stars))
        for criterion in rubric.criteria
        if criterion.gates
    )
    return GateTable(stars, lines) if lines else None


def _rubrics_of_drafts(editions: list[RubricEdition]) -> dict[int, Rubric]:
    """The content of drafts alone is read: published tables have no faults to name.

    A draft that was begun and never filled has no content that could be faulty.
    """
    named = [edition.pk for edition in editions if not edition.is_published]
    return {
        edition.pk: rubric_of(edition)
        for edition in RubricEdition.objects.filter(pk__in=named).exclude(content={}).order_by("pk")
    }
