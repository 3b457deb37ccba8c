"""Where a product stands on its rubric: by one sheet, or by the counted sheets of a council.

A single sheet says what it chose, what counts and which gates it meets. Of a council the option
that most sheets chose stands for a criterion, the points are sums over all counted sheets, so
that the mean stays exact, and the gates are those that the council found (QĐ 26/2026, Điều 7.3).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from registry.domain.regime import Band
from scoring.domain.gates import GateFinding, findings_from
from scoring.domain.rubric import Effect, Option, Rubric
from scoring.domain.sheet import Choices, chosen_points, tally
from scoring.domain.stars import LOWEST_RECOGNISED, Mean, award


@dataclass(frozen=True)
class Standing:
    """Points are sums over `sheets`; `raw` before the notes of the rubric, `counted` after."""

    rubric: Rubric
    chosen: Mapping[str, Option | None]
    raw: Mapping[str, int]
    counted: Mapping[str, int]
    sheets: int
    shut: frozenset[tuple[str, int]]
    findings: frozenset[str]

    @cached_property
    def at_zero(self) -> frozenset[str]:
        """The criteria whose option gives nothing."""
        return frozenset(code for code, option in self.chosen.items() if not _points(option))

    @cached_property
    def stopping(self) -> frozenset[str]:
        """The criteria at 0 that end the scoring by a note."""
        return frozenset(
            code
            for _, rule in self.rubric.rules
            if rule.effect is not Effect.ZERO
            for code in rule.if_zero
            if code in self.at_zero
        )

    @cached_property
    def withholding(self) -> frozenset[str]:
        """The criteria at 0 that take the points of others."""
        return frozenset(
            code
            for _, rule in self.rubric.rules
            if rule.effect is Effect.ZERO
            for code in rule.if_zero
            if code in self.at_zero
        )

    @property
    def is_ended_by_people(self) -> bool:
        """Whether a ground was found that no change of options can take away."""
        ending = {each.id for each in self.rubric.exclusions}
        ending |= {rule.id for _, rule in self.rubric.rules if rule.effect is not Effect.ZERO}
        return not ending.isdisjoint(self.findings)

    def dry(self, withholding: Collection[str]) -> frozenset[str]:
        """The criteria that give no points while those of `withholding` are at 0."""
        return frozenset(
            criterion.code
            for criterion, rule in self.rubric.rules
            if rule.effect is Effect.ZERO
            and (rule.id in self.findings or not set(withholding).isdisjoint(rule.if_zero))
        )

    def recognised(self, bands: Sequence[Band]) -> int:
        """The recognised star, 0 for none."""
        if self.stopping or self.is_ended_by_people:
            return 0
        found = [
            GateFinding(gate.criterion, gate.star, (gate.criterion, gate.star) not in self.shut)
            for gate in self.rubric.gates
        ]
        stars = award(Mean(sum(self.counted.values()), self.sheets), found, bands).stars
        return stars if stars is not None and stars >= LOWEST_RECOGNISED else 0


def standing_of_sheet(rubric: Rubric, choices: Choices, findings: Collection[str] = ()) -> Standing:
    """By one sheet; what it has not answered counts as meeting no option."""
    full = {code: choices.get(code) for code in rubric.by_code}
    counted = tally(rubric, full, findings).points
    return Standing(
        rubric=rubric,
        chosen=_options(rubric, full),
        raw=chosen_points(rubric, full),
        counted=counted,
        sheets=1,
        shut=_shut(findings_from(rubric, counted)),
        findings=frozenset(findings),
    )


def standing_of_council(
    rubric: Rubric,
    sheets: Sequence[Choices],
    *,
    found: Iterable[GateFinding],
    findings: Collection[str] = (),
) -> Standing:
    """By complete sheets and what their council found on the gates and grounds."""
    tallies = [tally(rubric, sheet, findings) for sheet in sheets]
    raw = [chosen_points(rubric, sheet) for sheet in sheets]
    return Standing(
        rubric=rubric,
        chosen=_options(rubric, {code: _usual(rubric, sheets, code) for code in rubric.by_code}),
        raw={code: sum(each[code] for each in raw) for code in rubric.by_code},
        counted={code: sum(each.points[code] for each in tallies) for code in rubric.by_code},
        sheets=len(sheets),
        shut=_shut(found),
        findings=frozenset(findings),
    )


def _options(rubric: Rubric, choices: Choices) -> dict[str, Option | None]:
    return {
        code: None if chosen is None else rubric.by_code[code].option(chosen)
        for code, chosen in choices.items()
    }


def _usual(rubric: Rubric, sheets: Sequence[Choices], code: str) -> str | None:
    """The option that most sheets chose; of several the one with the fewest points."""
    votes = Counter(sheet[code] for sheet in sheets)
    most = max(votes.values())
    first = [chosen for chosen, count in votes.items() if count == most]
    points = rubric.points_of
    return min(first, key=lambda chosen: (points[chosen] if chosen else 0, chosen or ""))


def _shut(found: Iterable[GateFinding]) -> frozenset[tuple[str, int]]:
    return frozenset((each.criterion, each.star) for each in found if not each.met)


def _points(option: Option | None) -> int:
    return 0 if option is None else option.points
