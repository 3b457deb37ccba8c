"""The ballots on a product: the first, reconciliation rounds, and the round after test results.

Some councils score twice: before the samples have been tested, and once the results are there.
Their regulation says so; then a result needs the second round, and each of the two has its own
reconciliation rounds. All sheets of all ballots are kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.text import term
from scoring.domain.council import Regulation
from scoring.domain.stars import Mean, mean_of


class BallotKind(StrEnum):
    """Why a further ballot was opened."""

    RECONCILIATION = "reconciliation"
    AFTER_TESTS = "after_tests"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


def rounds_used(further: Sequence[BallotKind]) -> int:
    """Reconciliation rounds since the first ballot, or since the one after the tests."""
    since = 0
    for kind in further:
        since = 0 if kind is BallotKind.AFTER_TESTS else since + 1
    return since


def has_round_left(further: Sequence[BallotKind], regulation: Regulation) -> bool:
    """Whether another reconciliation round may follow; else the dossier returns."""
    return rounds_used(further) < regulation.reconciliation_rounds


def awaits_tests(further: Sequence[BallotKind], regulation: Regulation) -> bool:
    """Whether the round after the test results is still to come."""
    return regulation.rounds_around_tests and BallotKind.AFTER_TESTS not in further


@dataclass(frozen=True)
class Change:
    """A member's total before and after; None where there was no sheet."""

    member: int
    before: int | None
    after: int | None

    @property
    def by(self) -> int | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True)
class Comparison:
    """Two rounds beside each other."""

    before: Mean
    after: Mean
    changes: tuple[Change, ...]


def compare(before: Mapping[int, int], after: Mapping[int, int]) -> Comparison | None:
    """The totals by member of two rounds; None where one of them has no sheet."""
    if not before or not after:
        return None
    members = dict.fromkeys([*before, *after])
    return Comparison(
        mean_of(list(before.values())),
        mean_of(list(after.values())),
        tuple(Change(member, before.get(member), after.get(member)) for member in members),
    )


@dataclass(frozen=True)
class Shift:
    """A criterion whose mean is another one in the second round."""

    code: str
    before: Mean
    after: Mean

    @property
    def rises(self) -> bool:
        return self.after.points * self.before.sheets > self.before.points * self.after.sheets


def shifts(
    codes: Sequence[str], before: Sequence[Mapping[str, int]], after: Sequence[Mapping[str, int]]
) -> tuple[Shift, ...]:
    """The criteria that the sheets of two rounds value differently, in the order of `codes`."""
    found = (
        Shift(
            code,
            mean_of([points[code] for points in before]),
            mean_of([points[code] for points in after]),
        )
        for code in codes
    )
    return tuple(each for each in found if each.rises or _falls(each))


def _falls(shift: Shift) -> bool:
    return Shift(shift.code, shift.after, shift.before).rises


_LABELS = {
    BallotKind.RECONCILIATION: term("Chấm lại vì chênh lệch"),
    BallotKind.AFTER_TESTS: term("Chấm sau kết quả kiểm nghiệm"),
}
