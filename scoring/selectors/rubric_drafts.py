"""An edited rubric before anything is written: its faults, what it changes, whom it concerns."""

import tomllib
from dataclasses import dataclass

from cycle.models import Dossier
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring.domain.differences import Difference, differences
from scoring.domain.document import rubric_from_document
from scoring.domain.faults import Fault
from scoring.domain.rubric import Rubric
from scoring.models import Rating, RubricEdition, SelfAssessment
from scoring.selectors.rubrics import faults_of, rubric_of


@dataclass(frozen=True)
class Affected:
    """Dossiers of a set: those that would go over to a new edition, and those that stay.

    A dossier that is still being written for the first time follows the published edition; once
    lodged it keeps its own for ever, as every result does.
    """

    following: int
    pinned: int
    rated: int


@dataclass(frozen=True)
class DryRun:
    """What would come of a document; `rubric` can be loaded as a draft, faults or not."""

    rubric: Rubric
    faults: tuple[Fault, ...]
    differences: tuple[Difference, ...]
    affected: Affected

    @property
    def scoring(self) -> int:
        """How many of the differences change how the set is scored."""
        return sum(each.is_scoring for each in self.differences)


def read_document(text: str, *, regime: str, number: int) -> Rubric:
    """The rubric of a TOML text; one that is no TOML, or of another set, is refused."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise RuleBroken(
            "rubric.not_toml",
            term("Không đọc được tệp TOML: %(reason)s."),
            field="document",
            reason=str(wrong),
        ) from wrong
    rubric = rubric_from_document(document)
    if (rubric.regime, rubric.number) != (regime, number):
        raise RuleBroken(
            "rubric.other_set",
            term("Tệp là của bộ %(found)s, không phải bộ %(due)s."),
            field="document",
            found=f"{rubric.regime}/{rubric.number}",
            due=f"{regime}/{number}",
        )
    return rubric


def dry_run(rubric: Rubric, *, against: RubricEdition) -> DryRun:
    """Nothing is written; `against` is the edition that the document was made from."""
    return DryRun(
        rubric=rubric,
        faults=faults_of(rubric),
        differences=differences(rubric_of(against), rubric),
        affected=affected(rubric.regime, rubric.number),
    )


def affected(regime: str, number: int) -> Affected:
    """How many dossiers of a set follow a new edition, and how many keep their own."""
    dossiers = Dossier.objects.filter(regime=regime, product_set__number=number)
    return Affected(
        following=SelfAssessment.objects.filter(
            dossier__in=dossiers.filter(lodged_at__isnull=True).order_by().values("pk")
        ).count(),
        pinned=dossiers.filter(lodged_at__isnull=False).count(),
        rated=Rating.objects.filter(edition__regime=regime, edition__set_number=number).count(),
    )
