"""Editions as they are read: the current one of a set, its frozen rubric, its faults."""

from collections.abc import Iterable

from django.db.models import Case, QuerySet, Value, When

from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.selectors import regime as regime_of
from scoring.domain.content import rubric_from_content
from scoring.domain.editions import EditionState
from scoring.domain.faults import Fault, faults
from scoring.domain.rubric import Rubric
from scoring.models.rubrics import RubricEdition

# A content hash names its content for ever, so a rubric once built never has to be built again.
_rubrics: dict[str, Rubric] = {}


def rubric_of(edition: RubricEdition) -> Rubric:
    """The frozen rubric of an edition, built once for every content."""
    found = _rubrics.get(edition.content_hash)
    if found is None:
        found = rubric_from_content(edition.content)
        _rubrics[edition.content_hash] = found
    return found


def current_editions() -> list[RubricEdition]:
    """One edition for every set of every regime: the published one, else the draft."""
    return _first_of_each_set(_published_first(RubricEdition.objects.all()))


def current_edition(regime: str, number: int) -> RubricEdition | None:
    """The published edition of a set, else its draft, else None; without its content."""
    return _published_first(RubricEdition.objects.filter(regime=regime, set_number=number)).first()


def edition_for(regime: str, number: int) -> RubricEdition:
    """The edition by which a set is scored now; a set without one is refused with the reason."""
    found = current_edition(regime, number)
    if found is None or not found.is_published:
        raise no_scoring()
    return found


def editions_of(regime: str, number: int) -> QuerySet[RubricEdition]:
    """Every edition of a set, the newest first; without their content."""
    return (
        RubricEdition.objects.filter(regime=regime, set_number=number)
        .defer("content")
        .order_by("-id")
    )


def edition_of_hash(content_hash: str) -> RubricEdition:
    """The newest edition with exactly this content, published or past; none is an error."""
    return RubricEdition.objects.filter(content_hash=content_hash).order_by("-id")[0]


def faults_of(rubric: Rubric) -> tuple[Fault, ...]:
    """Everything that keeps a rubric from being published under its regime."""
    return faults(rubric, part_maxima=regime_of(rubric.regime).part_maxima)


def no_scoring() -> RuleBroken:
    """What is said wherever somebody would score by a draft."""
    return RuleBroken(
        "rubric.draft",
        term("Bộ tiêu chí này còn là bản nháp nên chưa dùng để chấm điểm được."),
    )


def _published_first(editions: QuerySet[RubricEdition]) -> QuerySet[RubricEdition]:
    rank = Case(When(state=EditionState.PUBLISHED.value, then=Value(0)), default=Value(1))
    return (
        editions.exclude(state=EditionState.RETIRED.value)
        .defer("content")
        .order_by("regime", "set_number", rank, "-id")
    )


def _first_of_each_set(editions: Iterable[RubricEdition]) -> list[RubricEdition]:
    first: dict[tuple[str, int], RubricEdition] = {}
    for edition in editions:
        first.setdefault((edition.regime, edition.set_number), edition)
    return list(first.values())
