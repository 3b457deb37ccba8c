"""The way to the next star: which criteria would have to reach which option.

A product is recognised with s stars when its points reach the band of s, every gate of at most s
stars is met and no note has ended the scoring (QĐ 26/2026, Điều 3.3; Phụ lục II). The planner
names all smallest sets of changes that get there: fewest criteria first, then fewest points.
A gate or a stopping note that stands in the way forces its criterion; what is still missing comes
from the largest gains. Which case of a criterion applies is a fact of the product, so a chosen
case is kept; options of equal points are one, named by the first of them.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice

from registry.domain.regime import Band
from scoring.domain.fewest import Fewest, Line, fewest, fewest_count
from scoring.domain.gates import GateFinding
from scoring.domain.rubric import Criterion, Gate, Option, Rubric
from scoring.domain.sheet import Choices
from scoring.domain.standing import Standing, standing_of_sheet
from scoring.domain.stars import LOWEST_RECOGNISED, Mean, award

LISTED = 20


@dataclass(frozen=True)
class Change:
    """A criterion that must come from one option (None: meets none) to another.

    `gained` is what it adds to all counted sheets together, with the points of criteria that
    apply again through it.
    """

    criterion: str
    chosen: Option | None
    aim: Option
    gained: int


@dataclass(frozen=True)
class Plan:
    """Changes in the order of the sheet, and what the product has after them."""

    changes: tuple[Change, ...]
    total: Mean
    stars: int


@dataclass(frozen=True)
class Planning:
    """All smallest plans to `target` stars: the first of them, and how many more there are.

    Without plans the target cannot be reached; `target` is None where nothing is above.
    """

    target: int | None
    plans: tuple[Plan, ...] = ()
    more: int = 0


def plan(
    rubric: Rubric,
    choices: Choices,
    findings: Collection[str] = (),
    *,
    bands: Sequence[Band],
    target: int | None = None,
    listed: int = LISTED,
) -> Planning:
    """The plans from checked choices of one sheet; an unanswered criterion counts as none met."""
    standing = standing_of_sheet(rubric, choices, findings)
    return plan_from(standing, bands=bands, target=target, listed=listed)


def plan_from(
    standing: Standing,
    *,
    bands: Sequence[Band],
    target: int | None = None,
    listed: int = LISTED,
) -> Planning:
    """The plans from where a product stands, to the next recognised star unless told which."""
    stars = standing.recognised(bands)
    aim = max(stars + 1, LOWEST_RECOGNISED) if target is None else target
    band = next((band for band in bands if band.stars == aim), None)
    if band is None or aim <= stars:
        return Planning(None)
    if standing.is_ended_by_people:
        return Planning(aim)
    found = _best(standing, aim, band.at_least * standing.sheets)
    every = chain.from_iterable(way.plans(each, bands) for way, each in found)
    plans = tuple(islice(every, listed))
    return Planning(aim, plans, sum(each.ways for _, each in found) - len(plans))


def _best(standing: Standing, target: int, need: int) -> list[tuple["_Way", Fewest]]:
    """The ways with the fewest changes, of these the ones with the least effort."""
    possible: list[tuple[int, _Way, list[Line]]] = []
    for freed in _subsets(standing.withholding):
        way = _Way(standing, target, freed)
        lines = way.lines()
        count = None if lines is None else fewest_count(lines, need - way.start)
        if lines is not None and count is not None:
            possible.append((count, way, lines))
    smallest = min((count for count, _, _ in possible), default=0)
    found = [
        (way, fewest(lines, need - way.start, count=count))
        for count, way, lines in possible
        if count == smallest
    ]
    least = min((way.effort(each) for way, each in found), default=(0, 0))
    return [(way, each) for way, each in found if way.effort(each) == least]


class _Way:
    """One choice of the criteria at 0 that are to stop taking the points of others.

    With that fixed, what every criterion counts is fixed, and the rest is a matter of sums.
    """

    def __init__(self, standing: Standing, target: int, freed: frozenset[str]) -> None:
        self.standing, self.rubric, self.freed = standing, standing.rubric, freed
        self.left = standing.withholding - freed
        self.dry = standing.dry(self.left)
        self.revived = standing.dry(standing.withholding) - self.dry
        self.base = {
            code: standing.raw[code] if code in self.revived else standing.counted[code]
            for code in self.rubric.by_code
        }
        self.start = sum(self.base.values())
        shut = [gate for gate in self.rubric.gates if gate.star <= target and not self._holds(gate)]
        self.least = {gate.criterion: gate.min_points for gate in shut}
        self.forced = standing.stopping | freed | set(self.least)
        self.aims = {each.code: self._aims(each) for each in self.rubric.criteria}

    def lines(self) -> list[Line] | None:
        """What each criterion can give; None where something that is needed cannot be had."""
        needless = self.dry | self.left
        if self.forced & self.left or self.dry & set(self.least):
            return None
        if not all(self.aims[code] for code in self.forced):
            return None
        return [
            Line(code, tuple(aims), forced=code in self.forced)
            for code, aims in self.aims.items()
            if code in self.forced or (aims and code not in needless)
        ]

    def effort(self, found: Fewest) -> tuple[int, int]:
        """By the points of the whole, then by those of the changed criteria alone."""
        unseen = sum(self.aims[code][0].points for code in self.forced & self.dry)
        return self.start + found.gain, found.gain + unseen * self.standing.sheets

    def plans(self, found: Fewest, bands: Sequence[Band]) -> Iterator[Plan]:
        total = Mean(self.start + found.gain, self.standing.sheets)
        for selection in found.selections():
            aims = {code: self.aims[code][gain] for code, gain in selection}
            stars = award(total, self._gates_with(aims), bands).stars
            changes = tuple(self._change(code, gain) for code, gain in selection)
            yield Plan(changes, total, stars or 0)

    def _holds(self, gate: Gate) -> bool:
        """Whether the gate is met without a change of its criterion."""
        if (gate.criterion, gate.star) not in self.standing.shut:
            return True
        enough = self.base[gate.criterion] >= gate.min_points * self.standing.sheets
        return gate.criterion in self.revived and enough

    def _aims(self, criterion: Criterion) -> dict[int, Option]:
        """The options worth reaching, by what they add; the first of those that add the same."""
        code, sheets = criterion.code, self.standing.sheets
        chosen = self.standing.chosen[code]
        reached = chosen.points if chosen else 0
        floor = max(self.least[code], reached) if code in self.least else reached + 1
        found: dict[int, Option] = {}
        for option in sorted(_open_options(criterion, chosen), key=lambda each: each.points):
            added = 0 if code in self.dry else option.points * sheets - self.base[code]
            if option.points >= floor and (added > 0 or code in self.forced):
                found.setdefault(max(added, 0), option)
        return found

    def _gates_with(self, aims: dict[str, Option]) -> list[GateFinding]:
        return [
            GateFinding(
                gate.criterion,
                gate.star,
                met=self._holds(gate)
                or (gate.criterion in aims and aims[gate.criterion].points >= gate.min_points),
            )
            for gate in self.rubric.gates
        ]

    def _change(self, code: str, gain: int) -> Change:
        again = sum(
            self.base[each] - self.standing.counted[each]
            for each in self.revived
            if self._reviver(each) == code
        )
        return Change(code, self.standing.chosen[code], self.aims[code][gain], gain + again)

    def _reviver(self, code: str) -> str:
        """The first change through which a criterion applies again."""
        triggers = [each for rule in self.rubric.by_code[code].rules for each in rule.if_zero]
        return next(each for each in triggers if each in self.freed)


def _open_options(criterion: Criterion, chosen: Option | None) -> Iterator[Option]:
    """The options of the case that applies; of all cases while none was chosen."""
    for option in criterion.options:
        if chosen is None or chosen.case is None or option.case == chosen.case:
            yield option


def _subsets(codes: frozenset[str]) -> Iterator[frozenset[str]]:
    """Every choice among them, the smaller first."""
    ordered = sorted(codes)
    for size in range(len(ordered) + 1):
        yield from map(frozenset, combinations(ordered, size))
