"""Who reads which dossier in depth: a proposal with its reasons, which the chair confirms.

Everybody who scores reads every dossier; a reader presents it to the council. The proposal keeps
three things in this order: nobody reads where a conflict of interest stands in the way, the work
is shared evenly, and whoever knows the set and the trade reads it, rather from another place.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from registry.domain.text import term


class Reason(StrEnum):
    """Why a reader is proposed for a dossier."""

    SET = "set"
    INDUSTRY = "industry"
    OTHER_PLACE = "other_place"
    LOAD = "load"

    @property
    def label(self) -> str:
        return _LABELS[self]


@dataclass(frozen=True)
class Matter:
    """A dossier to be read: its set, the set's industry, where it comes from."""

    id: int
    product_set: str
    industry: str
    place: str


@dataclass(frozen=True)
class Reader:
    """A member who scores: what was read before, the trades known, home, work already taken."""

    id: int
    sets: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    load: int = 0


@dataclass(frozen=True)
class Duty:
    """One reader proposed for one dossier, and why."""

    matter: int
    reader: int
    reasons: tuple[Reason, ...]


_WEIGHTS = {Reason.SET: 4, Reason.INDUSTRY: 2, Reason.OTHER_PLACE: 1, Reason.LOAD: 0}


def propose(
    matters: Sequence[Matter],
    readers: Sequence[Reader],
    *,
    barred: Collection[tuple[int, int]] = (),
    each: int = 2,
) -> tuple[Duty, ...]:
    """`each` readers for every dossier, fewer where too few may read it.

    `barred` names (dossier, reader) pairs with a conflict. Dossiers with the fewest possible
    readers are given out first, always to those with the least work; then duties are exchanged
    while that puts dossiers into better hands, which leaves the work of everybody as it is. The
    order in which readers are named does not matter.
    """
    shut = frozenset(barred)
    loads = {reader.id: reader.load for reader in readers}
    able = {
        matter.id: [reader for reader in readers if (matter.id, reader.id) not in shut]
        for matter in matters
    }
    pairs: list[tuple[Matter, Reader]] = []
    for matter in sorted(matters, key=lambda one: (len(able[one.id]), one.id)):
        for _place in range(min(each, len(able[matter.id]))):
            taken = {reader.id for known, reader in pairs if known.id == matter.id}
            free = [reader for reader in able[matter.id] if reader.id not in taken]
            chosen = min(free, key=lambda one: (loads[one.id], -_fit(matter, one), one.id))
            loads[chosen.id] += 1
            pairs.append((matter, chosen))
    _exchange(pairs, shut)
    ordered = sorted(pairs, key=lambda pair: (pair[0].id, pair[1].id))
    return tuple(Duty(matter.id, reader.id, reasons(matter, reader)) for matter, reader in ordered)


def reasons(matter: Matter, reader: Reader) -> tuple[Reason, ...]:
    """What speaks for this reader, the weightiest first; the even share of work always does."""
    held = {
        Reason.SET: matter.product_set in reader.sets,
        Reason.INDUSTRY: matter.industry in reader.industries,
        Reason.OTHER_PLACE: bool(reader.places) and matter.place not in reader.places,
        Reason.LOAD: True,
    }
    return tuple(reason for reason, holds in held.items() if holds)


def loads(readers: Sequence[Reader], duties: Sequence[Duty]) -> Mapping[int, int]:
    """Everybody's work with these duties."""
    given = [duty.reader for duty in duties]
    return {reader.id: reader.load + given.count(reader.id) for reader in readers}


def _fit(matter: Matter, reader: Reader) -> int:
    return sum(_WEIGHTS[reason] for reason in reasons(matter, reader))


def _exchange(pairs: list[tuple[Matter, Reader]], shut: Collection[tuple[int, int]]) -> None:
    """Two readers change places while both dossiers together gain by it."""
    is_better = True
    while is_better:
        is_better = False
        for first, second in combinations(range(len(pairs)), 2):
            (matter, reader), (other, another) = pairs[first], pairs[second]
            before = _fit(matter, reader) + _fit(other, another)
            after = _fit(matter, another) + _fit(other, reader)
            if after > before and _may_change(pairs, shut, pairs[first], pairs[second]):
                pairs[first], pairs[second] = (matter, another), (other, reader)
                is_better = True


def _may_change(
    pairs: Sequence[tuple[Matter, Reader]],
    shut: Collection[tuple[int, int]],
    one: tuple[Matter, Reader],
    other: tuple[Matter, Reader],
) -> bool:
    wanted = {(one[0].id, other[1].id), (other[0].id, one[1].id)}
    held = {(matter.id, reader.id) for matter, reader in pairs}
    return not wanted & held and not wanted & set(shut)


_LABELS = {
    Reason.SET: term("đã chấm bộ sản phẩm này"),
    Reason.INDUSTRY: term("am hiểu ngành này"),
    Reason.OTHER_PLACE: term("ở địa phương khác"),
    Reason.LOAD: term("chia đều việc đọc"),
}
