"""What must always be true of the stored rows; each app registers its own in `apps.ready()`.

An invariant reads and never repairs: a finding names the thing, the rule with its clause, and what
a person does about it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Model

NIGHTS = 30


@dataclass(frozen=True)
class Scope:
    """When the check is made, and whether every file is read or a thirtieth of them."""

    at: datetime
    on: date
    with_files: bool = False


@dataclass(frozen=True)
class Finding:
    """Something that is not so: `text` is a marked sentence with named places, `facts` fill it.

    `thing` is the row it is about; None where it is about no single row.
    """

    thing: Model | None
    text: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Invariant:
    """A rule of the stored rows: what must be so, by which clause, what to do where it is not."""

    code: str
    title: str
    clause: str
    advice: str
    find: Callable[[Scope], Iterator[Finding]]


_invariants: dict[str, Invariant] = {}


def register(*added: Invariant) -> None:
    """A code has one rule: a second, different one is a mistake in the code."""
    for each in added:
        if _invariants.setdefault(each.code, each) is not each:
            raise ValueError(f"{each.code}: two invariants")


def registered() -> list[Invariant]:
    """Every rule, by code."""
    return sorted(_invariants.values(), key=lambda each: each.code)
