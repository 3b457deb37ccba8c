"""A result as plain values: computed once when a council concludes, and again at every check.

The same function serves both, so a rating that was written can be compared with what its stored
sheets, findings and edition say today; nothing else goes into it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.domain.regime import Band
from scoring.domain.gates import GateFinding
from scoring.domain.receipt import receipt_hash
from scoring.domain.rubric import Rubric
from scoring.domain.sheet import Choices, Tally, tally
from scoring.domain.stars import Award, Mean, award


@dataclass(frozen=True)
class StoredSheet:
    """A counted sheet as it was stored."""

    id: int
    item: int
    member: int
    seat: str
    ballot: int
    choices: Choices


@dataclass(frozen=True)
class Snapshot:
    """Everything that a rating keeps of its arithmetic."""

    mean: Mean
    award: Award
    parts: Mapping[str, int]
    counted: tuple[Mapping[str, Any], ...]

    def values(self) -> dict[str, Any]:
        """By the names of a rating's fields."""
        return {
            "points": self.mean.points,
            "sheets": self.mean.sheets,
            "band": self.award.band,
            "stars": self.award.stars,
            "parts": dict(self.parts),
            "held_back_by": [[found.criterion, found.star] for found in self.award.held_back_by],
            "counted": [dict(row) for row in self.counted],
        }


def snapshot(
    rubric: Rubric,
    sheets: Sequence[StoredSheet],
    *,
    edition_hash: str,
    findings: Sequence[GateFinding],
    grounds: Collection[str],
    bands: Sequence[Band],
) -> Snapshot:
    """The result of counted sheets under the council's findings; parts are sums over the sheets."""
    tallies = [tally(rubric, sheet.choices, grounds) for sheet in sheets]
    mean = Mean(sum(each.total for each in tallies), len(tallies))
    return Snapshot(
        mean=mean,
        award=award(mean, findings, bands),
        parts={part.code: sum(each.parts[part.code] for each in tallies) for part in rubric.parts},
        counted=tuple(
            _counted(edition_hash, sheet, each) for sheet, each in zip(sheets, tallies, strict=True)
        ),
    )


def _counted(edition_hash: str, sheet: StoredSheet, added: Tally) -> dict[str, Any]:
    return {
        "sheet": sheet.id,
        "member": sheet.member,
        "seat": sheet.seat,
        "ballot": sheet.ballot,
        "total": added.total,
        "parts": dict(added.parts),
        "receipt": receipt_hash(
            edition=edition_hash,
            item=sheet.item,
            member=sheet.member,
            ballot=sheet.ballot,
            choices=sheet.choices,
        ),
    }
