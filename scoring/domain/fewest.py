"""The fewest lines to change for a number of points, and among those the fewest points.

Plain combinatorics under the planner: every line offers some gains of which at most one may be
taken, some lines must be taken. All selections with the smallest number of lines and, among
those, the smallest sum that is still enough are counted exactly and listed in the order of the
lines. Sums are kept as bits of whole numbers, so a table of thirty lines is a matter of
milliseconds even where there are billions of selections.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import prod


@dataclass(frozen=True)
class Line:
    """What one line can give: distinct gains, the smallest first; `forced`: one must be taken."""

    name: str
    gains: tuple[int, ...]
    forced: bool = False


@dataclass(frozen=True)
class Fewest:
    """The smallest number of lines, the smallest sufficient sum, and in how many ways."""

    lines: tuple[Line, ...]
    count: int
    gain: int
    ways: int

    def selections(self) -> Iterator[tuple[tuple[str, int], ...]]:
        """Every selection as (name, gain), by the order of the lines, then the smaller gain."""
        return _walk(self.lines, _reach(self.lines, self.count), 0, self.count, self.gain)


def fewest_count(lines: Sequence[Line], need: int) -> int | None:
    """How many lines are taken at least for a sum of `need`; None where it is out of reach."""
    forced = [line for line in lines if line.forced]
    best = sum(line.gains[-1] for line in forced)
    free = sorted((line.gains[-1] for line in lines if not line.forced), reverse=True)
    for further, reached in enumerate(accumulate(free, initial=best)):
        if reached >= need:
            return len(forced) + further
    return None


def fewest(lines: Sequence[Line], need: int, *, count: int) -> Fewest:
    """The smallest sufficient sum with `count` lines, which `fewest_count` found possible."""
    enough = _reach(lines, count)[0][count] >> max(need, 0)
    gain = max(need, 0) + (enough & -enough).bit_length() - 1
    return Fewest(tuple(lines), count, gain, _ways(lines, count, gain))


def _reach(lines: Sequence[Line], count: int) -> list[list[int]]:
    """For every tail of the lines and number of lines taken: the sums, as bits."""
    table = [[1, *[0] * count]]
    for line in reversed(lines):
        after = table[-1]
        row = [0 if line.forced else sums for sums in after]
        for taken in range(1, count + 1):
            for gain in line.gains:
                row[taken] |= after[taken - 1] << gain
        table.append(row)
    table.reverse()
    return table


def _ways(lines: Sequence[Line], count: int, total: int) -> int:
    """In how many ways `count` lines make `total`: the table above with counts for bits."""
    width = prod(len(line.gains) + 1 for line in lines).bit_length()
    after = [1, *[0] * count]
    for line in reversed(lines):
        row = [0 if line.forced else numbers for numbers in after]
        for taken in range(1, count + 1):
            for gain in line.gains:
                row[taken] += after[taken - 1] << (gain * width)
        after = row
    return (after[count] >> (total * width)) & ((1 << width) - 1)


def _walk(
    lines: Sequence[Line], reach: list[list[int]], place: int, count: int, total: int
) -> Iterator[tuple[tuple[str, int], ...]]:
    """Only steps from which the rest can be made are taken, so nothing is tried in vain."""
    if place == len(lines):
        yield ()
        return
    line, after = lines[place], reach[place + 1]
    for gain in line.gains if count else ():
        if gain <= total and after[count - 1] >> (total - gain) & 1:
            for rest in _walk(lines, reach, place + 1, count - 1, total - gain):
                yield ((line.name, gain), *rest)
    if not line.forced and after[count] >> total & 1:
        yield from _walk(lines, reach, place + 1, count, total)
