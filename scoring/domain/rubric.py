"""A rubric: the table of criteria by which one set of products is scored under one decree.

Three parts hold sections, a section holds criteria, a criterion offers options with whole
points; an option may be marked as the least that a product must reach for three, four or five
stars (QĐ 26/2026, Phụ lục II: the marks *** **** *****). A criterion may print two cases of
which one applies, a condition under its heading, and notes that end the scoring or give it no
points. A section without sub-items holds one criterion with the section's own code.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType


class Effect(StrEnum):
    """What follows when the note of a criterion is met."""

    EXCLUDED = "excluded"  # the product is removed from the evaluation
    STOP = "stop"  # what follows is not scored
    ZERO = "zero"  # the criterion does not apply and gives no points


@dataclass(frozen=True)
class Option:
    """One level of a criterion; `case` is 1 or 2 where the criterion prints two cases."""

    id: str
    points: int
    label: str
    case: int | None = None
    min_for_star: int | None = None
    unverified: bool = False


@dataclass(frozen=True)
class Rule:
    """A note under a criterion; `if_zero` names the criteria of which 0 points meets it."""

    id: str
    when: str
    effect: Effect
    if_zero: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exclusion:
    """A ground printed at the head of the set that keeps a product from being evaluated."""

    id: str
    text: str


@dataclass(frozen=True)
class Gate:
    """The fewest points that a criterion must have for a number of stars."""

    criterion: str
    star: int
    min_points: int


@dataclass(frozen=True)
class Criterion:
    """One line of the sheet; `note` says what could not be verified in the source."""

    code: str
    name: str
    max: int
    clause: str
    options: tuple[Option, ...]
    cases: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    requirement: str = ""
    note: str = ""

    def option(self, option_id: str) -> Option | None:
        """The option of that id, or None where it belongs elsewhere."""
        return next((option for option in self.options if option.id == option_id), None)

    @property
    def gates(self) -> tuple[Gate, ...]:
        return tuple(
            Gate(self.code, option.min_for_star, option.points)
            for option in self.options
            if option.min_for_star is not None
        )


@dataclass(frozen=True)
class Section:
    """A numbered heading with its criteria."""

    code: str
    name: str
    max: int
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Part:
    """Part A, B or C."""

    code: str
    name: str
    max: int
    sections: tuple[Section, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(criterion for section in self.sections for criterion in section.criteria)


@dataclass(frozen=True)
class Rubric:
    """The whole table of one set under one regime; immutable, in the order of the decree.

    `note` says how far the source of the table can be relied on.
    """

    regime: str
    number: int
    name: str
    decree: str
    clause: str
    parts: tuple[Part, ...]
    exclusions: tuple[Exclusion, ...] = ()
    note: str = ""

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(criterion for part in self.parts for criterion in part.criteria)

    @cached_property
    def by_code(self) -> Mapping[str, Criterion]:
        return MappingProxyType({criterion.code: criterion for criterion in self.criteria})

    @cached_property
    def points_of(self) -> Mapping[str, int]:
        """The points of every option by its id."""
        return MappingProxyType(
            {option.id: option.points for each in self.criteria for option in each.options}
        )

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        """All gates, the lower stars first, in the order of the criteria."""
        found = [gate for criterion in self.criteria for gate in criterion.gates]
        return tuple(sorted(found, key=lambda gate: gate.star))

    @cached_property
    def rules(self) -> tuple[tuple[Criterion, Rule], ...]:
        return tuple((criterion, rule) for criterion in self.criteria for rule in criterion.rules)

    @property
    def maximum(self) -> int:
        return sum(part.max for part in self.parts)

    def sections(self) -> Iterator[Section]:
        for part in self.parts:
            yield from part.sections


def option_id(regime: str, number: int, criterion: str, key: str) -> str:
    """`2026.11/6.1.1/c`: names regime, set, criterion and option, so none can be mistaken."""
    return f"{regime}.{number}/{criterion}/{key}"


def exclusion_id(regime: str, number: int, key: str) -> str:
    """`2026.11/x1`."""
    return f"{regime}.{number}/{key}"
