"""The desk: what waits for a person, gathered from every app."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop_portal.web.navigation import NavItem, Person


@dataclass(frozen=True)
class Task:
    """One thing that waits for the reader.

    `label` names the sort of work and groups the list ("Ý tưởng chờ thẩm định"), `title` the
    thing itself, `url` the page where the work is done.
    """

    label: Any
    title: Any
    url: str
    waiting_since: datetime | None = None
    due_on: date | None = None
    tone: str = "neutral"


@dataclass(frozen=True)
class TaskGroup:
    """Tasks of one sort, the most pressing first."""

    label: str
    tasks: list[Task]


@dataclass(frozen=True)
class Suggestion:
    """What a person with nothing waiting can do next."""

    title: Any
    text: Any = ""
    url: str = ""
    label: Any = ""


@dataclass(frozen=True)
class Shortcut:
    """A list as the person likes it, with how many rows it has where that is known."""

    title: str
    url: str
    count: int | None = None
    is_more: bool = False


Panel = Callable[[Any, datetime], Iterable[Task]]
Adviser = Callable[[Any, datetime], Iterable[Suggestion]]
_panels: list[Panel] = []
Place = Callable[[Any, datetime], bool]
Shortcuts = Callable[[Any, datetime], Iterable[Shortcut]]
_advisers: list[Adviser] = []
_shortcuts: list[Shortcuts] = []
_places: list[Place] = []


def entries(user: Person) -> list[NavItem]:
    """The desk itself in the menu of who is logged in."""
    return [NavItem(_("Bàn làm việc"), "desk", order=1)] if user.is_authenticated else []


def register(panel: Panel) -> Panel:
    """Adds the tasks that `panel(user, at)` yields to everybody's desk."""
    if panel not in _panels:
        _panels.append(panel)
    return panel


def register_adviser(adviser: Adviser) -> Adviser:
    """Adds suggestions, shown when nothing waits for the person."""
    if adviser not in _advisers:
        _advisers.append(adviser)
    return adviser


def register_shortcuts(shortcuts: Shortcuts) -> Shortcuts:
    """Adds the person's own ways into lists."""
    if shortcuts not in _shortcuts:
        _shortcuts.append(shortcuts)
    return shortcuts


def shortcuts_for(user: Any, at: datetime) -> list[Shortcut]:
    """The person's own ways into lists, in the order of the apps."""
    return [each for shortcuts in _shortcuts for each in shortcuts(user, at)]


def register_place(place: Place) -> Place:
    """Adds a way to have work here: `place(user, at)` says whether the person has it."""
    if place not in _places:
        _places.append(place)
    return place


def has_a_place(user: Any, at: datetime) -> bool:
    """Whether any app has work for the person; who has none is new here."""
    return any(place(user, at) for place in _places)


def groups_for(user: Any, at: datetime) -> list[TaskGroup]:
    """Everything that waits for the person, grouped; overdue and nearly due work first."""
    tasks = [task for panel in _panels for task in panel(user, at)]
    tasks.sort(key=lambda task: (str(task.label), task.due_on or date.max, _age(task)))
    groups = [
        TaskGroup(label, list(members))
        for label, members in groupby(tasks, key=lambda task: str(task.label))
    ]
    return sorted(groups, key=lambda group: min(task.due_on or date.max for task in group.tasks))


def _age(task: Task) -> float:
    return task.waiting_since.timestamp() if task.waiting_since else float("inf")


def suggestions_for(user: Any, at: datetime) -> list[Suggestion]:
    """What the person can do next, in the order of the apps."""
    return [suggestion for adviser in _advisers for suggestion in adviser(user, at)]
