"""The task list of a dossier: what is left to do, in four words that a phone can show."""

from dataclasses import dataclass
from enum import StrEnum

from registry.domain.text import term


class TaskStatus(StrEnum):
    """How far a task is."""

    TODO = "todo"
    STARTED = "started"
    TO_MEND = "to_mend"
    DONE = "done"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]


class TaskGroup(StrEnum):
    """Under which heading a task stands."""

    TEXTS = "texts"
    EVIDENCE = "evidence"
    ASSESSMENT = "assessment"

    @property
    def label(self) -> str:
        return _GROUP_LABELS[self]


@dataclass(frozen=True)
class Task:
    """One row: what to do, where, how far it is, and a hint what is missing."""

    title: str
    url: str
    status: TaskStatus
    hint: str = ""
    is_required: bool = True
    group: TaskGroup = TaskGroup.ASSESSMENT


def grouped(tasks: list[Task]) -> list[tuple[TaskGroup, list[Task]]]:
    """The tasks under their headings, in the order of the headings; no empty heading."""
    found = [(group, [task for task in tasks if task.group is group]) for group in TaskGroup]
    return [(group, rows) for group, rows in found if rows]


def status_of(done: int, asked: int) -> TaskStatus:
    """Nothing, something or everything of what is asked."""
    if done >= asked:
        return TaskStatus.DONE
    return TaskStatus.STARTED if done else TaskStatus.TODO


def is_ready(tasks: list[Task]) -> bool:
    """Whether nothing that is required is open."""
    return all(task.status is TaskStatus.DONE for task in tasks if task.is_required)


_GROUP_LABELS = {
    TaskGroup.TEXTS: term("Viết"),
    TaskGroup.EVIDENCE: term("Minh chứng"),
    TaskGroup.ASSESSMENT: term("Tự đánh giá"),
}
_LABELS = {
    TaskStatus.TODO: term("chưa làm"),
    TaskStatus.STARTED: term("đang làm"),
    TaskStatus.TO_MEND: term("cần sửa"),
    TaskStatus.DONE: term("xong"),
}
_TONES = {
    TaskStatus.TODO: "neutral",
    TaskStatus.STARTED: "info",
    TaskStatus.TO_MEND: "warn",
    TaskStatus.DONE: "good",
}
