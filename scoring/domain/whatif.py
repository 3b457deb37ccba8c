"""What a sheet would be worth on another set's rubric, as far as the two can be compared.

Criteria are matched by code and wording: the same code with a similar heading, else the same
heading elsewhere in the table. An option goes over exactly only where its wording stands in both
tables; what lies between options that do is bracketed by them, and a criterion without a match
can be anything from nothing to its maximum. So the answer is a bracket [least, most], never one
false number, and nothing official changes.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from registry.domain.regime import Band
from registry.domain.text import term
from scoring.domain.exclusions import stopped_by
from scoring.domain.gates import GateFinding, support
from scoring.domain.rubric import Criterion, Option, Rubric
from scoring.domain.sheet import Choices, chosen_points, tally
from scoring.domain.stars import LOWEST_RECOGNISED, Mean, award

SIMILAR = 0.8


class Likeness(StrEnum):
    """How a criterion of the other table was found."""

    SAME = "same"  # code and wording
    MOVED = "moved"  # wording, under another code
    NONE = "none"

    @property
    def label(self) -> str:
        return _LABELS[self]


@dataclass(frozen=True)
class Match:
    """A criterion of the other table with its counterpart, if it has one."""

    criterion: Criterion
    source: Criterion | None
    likeness: Likeness


@dataclass(frozen=True)
class Bracket:
    """The least and the most that the sheets give together on a matched criterion."""

    match: Match
    least: Mean
    most: Mean

    @property
    def is_exact(self) -> bool:
        return self.least == self.most


@dataclass(frozen=True)
class WhatIf:
    """The bracket of the whole; stars are recognised stars, 0 for none.

    `left_out` are the criteria that the other table does not ask about.
    """

    brackets: tuple[Bracket, ...]
    left_out: tuple[Criterion, ...]
    least: Mean
    most: Mean
    least_stars: int
    most_stars: int

    @property
    def unmatched(self) -> tuple[Criterion, ...]:
        return tuple(each.match.criterion for each in self.brackets if each.match.source is None)


def matches(source: Rubric, other: Rubric) -> tuple[Match, ...]:
    """For every criterion of the other table its counterpart; none is used twice."""
    found: dict[str, Match] = {}
    for criterion in other.criteria:
        same = source.by_code.get(criterion.code)
        if same is not None and _alike(same.name, criterion.name):
            found[criterion.code] = Match(criterion, same, Likeness.SAME)
    used = {match.source.code for match in found.values() if match.source}
    for criterion in other.criteria:
        if criterion.code not in found:
            found[criterion.code] = _moved(criterion, source, used)
    return tuple(found[criterion.code] for criterion in other.criteria)


def what_if(
    source: Rubric, sheets: Sequence[Choices], other: Rubric, *, bands: Sequence[Band]
) -> WhatIf:
    """The bracket of at least one complete sheet under `other`, whose regime has `bands`."""
    found = matches(source, other)
    least = [{each.criterion.code: _ends(each, sheet)[0] for each in found} for sheet in sheets]
    most = [{each.criterion.code: _ends(each, sheet)[1] for each in found} for sheet in sheets]
    used = {match.source.code for match in found if match.source}
    return WhatIf(
        brackets=tuple(
            Bracket(match, _sum(other, match, least), _sum(other, match, most)) for match in found
        ),
        left_out=tuple(each for each in source.criteria if each.code not in used),
        least=_mean(other, least),
        most=_mean(other, most),
        least_stars=_stars(other, least, bands),
        most_stars=_stars(other, most, bands),
    )


def _moved(criterion: Criterion, source: Rubric, used: set[str]) -> Match:
    for candidate in source.criteria:
        if candidate.code not in used and _alike(candidate.name, criterion.name):
            used.add(candidate.code)
            return Match(criterion, candidate, Likeness.MOVED)
    return Match(criterion, None, Likeness.NONE)


def _ends(match: Match, sheet: Choices) -> tuple[str | None, str | None]:
    """The lowest and the highest option that what was chosen can stand for.

    Both tables order what they ask for, so an option lies between the nearest ones whose wording
    stands in both.
    """
    criterion, source = match.criterion, match.source
    best = max(criterion.options, key=lambda option: option.points)
    if source is None:
        return None, best.id
    chosen = source.option(sheet.get(source.code) or "")
    reached = chosen.points if chosen else 0
    pairs = _shared(source, criterion)
    if chosen is not None and chosen.id in pairs:
        return pairs[chosen.id].id, pairs[chosen.id].id
    shared = [(option.points, pairs[option.id]) for option in source.options if option.id in pairs]
    below = [option for points, option in shared if points < reached]
    above = [option for points, option in shared if points > reached]
    lowest = max(below, key=lambda option: option.points, default=None)
    highest = min(above, key=lambda option: option.points, default=best)
    if lowest is not None and lowest.points > highest.points:
        return None, best.id
    return (lowest.id if lowest else None), highest.id


def _shared(source: Criterion, other: Criterion) -> Mapping[str, Option]:
    """The options of `source` whose wording stands in `other`, with their counterparts there.

    Neighbouring levels often differ by a word, so each of the two must be the other's nearest;
    figures must be the same: 50 % is not 75 %.
    """
    found = {}
    for option in source.options:
        same = _nearest(option, other.options)
        if same is not None and _nearest(same, source.options) == option:
            found[option.id] = same
    return found


def _nearest(option: Option, others: Sequence[Option]) -> Option | None:
    """The option with the most similar wording; None where no wording is similar enough."""
    near = max(others, key=lambda other: _likeness(option.label, other.label))
    same_figures = _figures(option.label) == _figures(near.label)
    return near if same_figures and _alike(option.label, near.label) else None


def _sum(other: Rubric, match: Match, sheets: Collection[Choices]) -> Mean:
    code = match.criterion.code
    return Mean(sum(tally(other, sheet).points[code] for sheet in sheets), len(sheets))


def _mean(other: Rubric, sheets: Sequence[Choices]) -> Mean:
    return Mean(sum(tally(other, sheet).total for sheet in sheets), len(sheets))


def _stars(other: Rubric, sheets: Sequence[Choices], bands: Sequence[Band]) -> int:
    """By gates and grounds as most of the sheets have them: what a council would be proposed."""
    ended = sum(bool(stopped_by(other, chosen_points(other, sheet), ())) for sheet in sheets)
    if ended * 2 > len(sheets):
        return 0
    found = [
        GateFinding(each.gate.criterion, each.gate.star, each.meeting * 2 > each.sheets)
        for each in support(other, [tally(other, sheet).points for sheet in sheets])
    ]
    stars = award(_mean(other, sheets), found, bands).stars
    return stars if stars is not None and stars >= LOWEST_RECOGNISED else 0


def _alike(one: str, other: str) -> bool:
    return _likeness(one, other) >= SIMILAR


@lru_cache(maxsize=20_000)
def _likeness(one: str, other: str) -> float:
    """1 for the same wording; the same whichever of the two comes first."""
    first, second = sorted((_plain(one), _plain(other)))
    return SequenceMatcher(None, first, second).ratio()


def _plain(text: str) -> str:
    """Without case and punctuation."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+", text)


_LABELS = {
    Likeness.SAME: term("Cùng mã, cùng nội dung"),
    Likeness.MOVED: term("Cùng nội dung, khác mã"),
    Likeness.NONE: term("Không có trong bộ đã chấm"),
}
