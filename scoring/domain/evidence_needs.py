"""Options that speak of a paper, chosen without one that is good (QĐ 26/2026, Phụ lục III, Mẫu 02,
part III: the self-assessment brings its evidence criterion by criterion).

Which option needs what is data per regime: the heading of a criterion, the points from which on
its options name a paper, and the item of the dossier's checklist that proves it. A flag takes no
point away: it tells producer, member and chair what to look at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from registry.domain.text import term
from scoring.domain.rubric import Criterion, Rubric
from scoring.domain.sheet import Choices


class Lack(StrEnum):
    """What is wrong with the papers of an option."""

    NONE = "none"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return _LABELS[self]


@dataclass(frozen=True)
class Need:
    """Options of a criterion with this heading, from and until some points, need this item."""

    item: str
    heading: str
    from_points: int
    until_points: int | None = None

    def concerns(self, criterion: Criterion, points: int) -> bool:
        is_named = criterion.name.casefold() == self.heading.casefold()
        is_below = self.until_points is None or points <= self.until_points
        return is_named and self.from_points <= points and is_below


@dataclass(frozen=True)
class Paper:
    """A paper of the dossier: the item it proves, the criteria it speaks to, its last day."""

    item: str
    criteria: tuple[str, ...]
    valid_until: date | None

    def is_good(self, on: date) -> bool:
        return self.valid_until is None or on <= self.valid_until


@dataclass(frozen=True)
class Flag:
    """A criterion whose chosen option lacks the paper of an item."""

    criterion: Criterion
    item: str
    lack: Lack


def flags(
    rubric: Rubric,
    choices: Choices,
    needs: Iterable[Need],
    papers: Iterable[Paper],
    *,
    on: date,
) -> tuple[Flag, ...]:
    """Every chosen option that needs a paper and has none, or none that is good on the day.

    A paper counts where it proves the item, or is linked to the criterion. In the order of the
    rubric.
    """
    known, held = tuple(needs), tuple(papers)
    found = []
    for criterion in rubric.criteria:
        chosen = choices.get(criterion.code)
        option = criterion.option(chosen) if chosen else None
        if option is None or not option.points:
            continue
        for need in known:
            if need.concerns(criterion, option.points):
                lack = _lack(need, criterion, held, on)
                found += [Flag(criterion, need.item, lack)] if lack else []
    return tuple(found)


def needs_from(record: Mapping[str, Any]) -> tuple[Need, ...]:
    """The needs of a regime from its record."""
    return tuple(
        Need(row["item"], row["heading"], row["from_points"], row.get("until_points"))
        for row in record["needs"]
    )


def _lack(need: Need, criterion: Criterion, papers: tuple[Paper, ...], on: date) -> Lack | None:
    fitting = [
        paper for paper in papers if paper.item == need.item or criterion.code in paper.criteria
    ]
    if not fitting:
        return Lack.NONE
    return None if any(paper.is_good(on) for paper in fitting) else Lack.EXPIRED


_LABELS = {
    Lack.NONE: term("chưa có minh chứng"),
    Lack.EXPIRED: term("minh chứng đã hết hạn"),
}
