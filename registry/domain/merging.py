"""Two devices, or two people, write in one field: what becomes of it.

Whoever reads a value is given its mark, and hands the mark back with what was written. From the
stored value, the value that was sent and the mark follows what happens, field by field; nobody's
words are lost without a choice.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Seen = frozenset[str]  # the marks of every value that a sender knows to have stood there


class Outcome(StrEnum):
    """What becomes of one field."""

    SAME = "same"  # what was sent stands there already, whoever wrote it
    UNTOUCHED = "untouched"  # the sender changed nothing: what stands there stays
    WRITTEN = "written"  # only the sender changed it
    CONFLICT = "conflict"  # both changed it: a person chooses


@dataclass(frozen=True)
class Merged:
    """The names of the fields that were written, and the stored values of those in conflict."""

    written: tuple[str, ...] = ()
    conflicts: Mapping[str, Any] = field(default_factory=dict)


def mark_of(value: object) -> str:
    """The mark of a stored value; nothing and the empty text are one."""
    text = "" if value is None else str(value)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def marks_of(values: Mapping[str, object]) -> dict[str, str]:
    """The mark of each field."""
    return {name: mark_of(value) for name, value in values.items()}


def outcome(stored: object, sent: object, seen: str | None) -> Outcome:
    """What becomes of a field; `seen` is the mark of the value that the sender had read.

    A sender who says nothing of what was read has read nothing: only an empty field is theirs.
    """
    mine, now = mark_of(sent), mark_of(stored)
    before = mark_of(None) if seen is None else seen
    if mine == now:
        return Outcome.SAME
    if mine == before:
        return Outcome.UNTOUCHED
    return Outcome.WRITTEN if now == before else Outcome.CONFLICT


def outcome_of_writing(stored: object, sent: object, known: Seen) -> Outcome:
    """What becomes of a field that was surely written in.

    `known` holds the mark of what the sender had read, and of what it sent since without an
    answer: of a text that arrived and whose answer was lost, the next one is no conflict.
    """
    mine, now = mark_of(sent), mark_of(stored)
    if mine == now:
        return Outcome.SAME
    return Outcome.WRITTEN if now in known else Outcome.CONFLICT
