"""What an entry says beside its title: the facts that may be told, in words.

A fact is told only where an app has said how; everything else in an entry (ids, checksums, what
stands in a sheet) stays untold, so that a history never says more than its page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as term

from ocop_portal.journal.models import Entry

Words = Callable[[Any], str]
FIELDS = term("Mục đã sửa: %(fields)s")
ARROW = "→"
NOTES = ("note", "reason")


def plain(value: Any) -> str:
    """A number or a name as it is."""
    return str(value)


def day(value: Any) -> str:
    """A day or a moment as it is written here, by legal time; what is no date stays as it is."""
    text = str(value)
    try:
        if "T" in text:
            return f"{timezone.localtime(datetime.fromisoformat(text)):%H:%M %d/%m/%Y}"
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


@dataclass(frozen=True)
class FactWords:
    """How a fact is told: its label (marked by `term`), and the words for its value."""

    label: str
    words: Words = plain


_facts: dict[str, dict[str, FactWords]] = {}
_states: dict[str, Words] = {}


def register_facts(prefix: str, told: Mapping[str, FactWords]) -> None:
    """The facts that entries of these kinds tell, in this order."""
    _facts.setdefault(prefix, {}).update(told)


def register_states(prefix: str, words: Words) -> None:
    """What the states `from` and `to` of these kinds are called."""
    _states[prefix] = words


def states_of(kind: str) -> Words | None:
    """The words for the states of a kind, or None where it has none."""
    return next((words for prefix, words in _states.items() if kind.startswith(prefix)), None)


def text_of(entry: Entry) -> str:
    """The lines under the title of an entry; empty where it has nothing more to say."""
    facts = entry.facts
    note = next((str(facts[name]) for name in NOTES if facts.get(name)), "")
    lines = [_passage(entry.kind, facts), _fields(entry), *_told(entry.kind, facts), note]
    return "\n".join(line for line in lines if line)


def passage(before: str, after: str, words: Words) -> str:
    """From one state to another; empty where nothing changed."""
    if before == after or not after:
        return ""
    told = gettext(words(after))
    return f"{gettext(words(before))} {ARROW} {told}" if before else told


def _passage(kind: str, facts: Mapping[str, Any]) -> str:
    words = states_of(kind)
    if words is None:
        return ""
    return passage(str(facts.get("from") or ""), str(facts.get("to") or ""), words)


def _fields(entry: Entry) -> str:
    """The changed fields by their names on the screen; technical ones are not told."""
    changed = entry.facts.get("fields")
    if not isinstance(changed, list):
        return ""
    names = [_field_name(entry.subject_type, str(each)) for each in changed]
    shown = ", ".join(dict.fromkeys(name for name in names if name))
    return gettext(FIELDS) % {"fields": shown} if shown else ""


def _field_name(subject_type: str, name: str) -> str:
    try:
        found = apps.get_model(subject_type)._meta.get_field(name.removesuffix("_id"))
    except (FieldDoesNotExist, LookupError):
        return ""
    label = getattr(found, "verbose_name", "")
    return str(label) if isinstance(label, Promise) else ""


def _told(kind: str, facts: Mapping[str, Any]) -> list[str]:
    told: dict[str, FactWords] = {}
    for prefix, registered in _facts.items():
        if kind.startswith(prefix):
            told |= registered
    return [
        f"{gettext(how.label)}: {gettext(how.words(facts[name]))}"
        for name, how in told.items()
        if facts.get(name) not in (None, "")
    ]
