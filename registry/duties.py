"""What waits on one person by name, told by the apps that know it: for who leaves an office.

An upper app registers in its `apps.ready()`:

    duties.register("complaints", provider, hand_over=service)

`provider(person, at)` yields what waits; `hand_over(key, to=…, by=…, at=…)` gives one piece of it
to a colleague through the app's own service. What has no such service is only named, so that it is
looked after by hand.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from ocop_portal.accounts.models import User


@dataclass(frozen=True)
class Duty:
    """One piece of work; `stops_others` where others cannot go on without this person.

    `title` names the thing by number and date, never by its content: who looks after accounts
    need not be allowed to read it.
    """

    key: int
    label: Any
    title: Any
    due_on: date | None = None
    stops_others: bool = False


class HandOver(Protocol):
    """Gives one piece of work to a colleague; refuses as the app's service does."""

    def __call__(self, key: int, *, to: User, by: User, at: datetime) -> object: ...


Provider = Callable[[User, datetime], Iterable[Duty]]


@dataclass(frozen=True)
class Sort:
    """A sort of work, with its provider and, if it can be passed on, how."""

    name: str
    provider: Provider
    hand_over: HandOver | None = None


@dataclass(frozen=True)
class Waiting:
    """A duty with the sort that it belongs to."""

    sort: str
    duty: Duty
    can_be_passed: bool


_sorts: dict[str, Sort] = {}


def register(name: str, provider: Provider, *, hand_over: HandOver | None = None) -> None:
    """Announces a sort of work; a name has one provider."""
    known = _sorts.setdefault(name, Sort(name, provider, hand_over))
    if known.provider is not provider:
        raise ValueError(f"{name}: two sorts of work")


def waiting_on(person: User, at: datetime) -> list[Waiting]:
    """Everything that waits on the person, what stops others first."""
    found = [
        Waiting(sort.name, duty, can_be_passed=sort.hand_over is not None)
        for sort in _sorts.values()
        for duty in sort.provider(person, at)
    ]
    return sorted(
        found, key=lambda each: (not each.duty.stops_others, each.duty.due_on or date.max)
    )


def hand_over_of(name: str) -> HandOver | None:
    """How a sort of work is given to a colleague; None where it is not, or nobody knows it."""
    sort = _sorts.get(name)
    return sort.hand_over if sort else None
