"""A guidance page: what it says in two languages, and which decrees it rests on.

The text is the portal's own; a decree is cited with its number, the day it was issued and the
days on which it applied. A figure is a part that is drawn from the regimes' data, so that no
number of a rubric is written twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

FIGURES = frozenset({"bands", "examples", "levels", "parts", "subjects"})


@dataclass(frozen=True)
class Phrase:
    """One text in Vietnamese and in English; [[…]] in the English keeps a Vietnamese name."""

    vi: str
    en: str

    def reading(self, language: str) -> str:
        return self.en if language.startswith("en") else self.vi


@dataclass(frozen=True)
class Fact:
    label: Phrase
    value: Phrase


@dataclass(frozen=True)
class Entry:
    """One thing of a list of equals: a step, a group, a benefit."""

    title: Phrase
    text: Phrase
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, in this order."""

    heading: Phrase
    paragraphs: tuple[Phrase, ...]
    items: tuple[Phrase, ...]
    numbered: bool
    entries: tuple[Entry, ...]
    columns: tuple[Phrase, ...]
    rows: tuple[tuple[Phrase, ...], ...]
    figure: str


@dataclass(frozen=True)
class Decree:
    """A decree as it is cited; `applies_to` is None while it is in force."""

    key: str
    name: str
    about: Phrase
    issued: date
    applies_from: date
    applies_to: date | None

    def is_in_force(self, on: date) -> bool:
        return self.applies_from <= on and (self.applies_to is None or on <= self.applies_to)


@dataclass(frozen=True)
class Citation:
    """A decree and the clause of it that a page rests on; the clause may be the whole."""

    decree: Decree
    clause: str


@dataclass(frozen=True)
class Page:
    slug: str
    title: Phrase
    lead: Phrase
    citations: tuple[Citation, ...]
    sections: tuple[Section, ...]


def phrase_from(record: Mapping[str, Any]) -> Phrase:
    """Both languages or a KeyError: a page is complete in each."""
    return Phrase(vi=record["vi"], en=record["en"])


def page_from(record: Mapping[str, Any], decrees: Mapping[str, Decree]) -> Page:
    """A page from its record; an unknown decree or figure is an error."""
    return Page(
        slug=record["slug"],
        title=phrase_from(record["title"]),
        lead=phrase_from(record["lead"]),
        citations=tuple(
            Citation(decrees[cited["key"]], cited["clause"]) for cited in record["decrees"]
        ),
        sections=tuple(_section_from(section) for section in record["sections"]),
    )


def _section_from(record: Mapping[str, Any]) -> Section:
    figure = record.get("figure", "")
    if figure and figure not in FIGURES:
        raise ValueError(f"unknown figure {figure}")
    return Section(
        heading=phrase_from(record["heading"]),
        paragraphs=_phrases(record.get("paragraphs", ())),
        items=_phrases(record.get("items", ())),
        numbered=record.get("numbered", False),
        entries=tuple(_entry_from(entry) for entry in record.get("entries", ())),
        columns=_phrases(record.get("columns", ())),
        rows=tuple(_phrases(row) for row in record.get("rows", ())),
        figure=figure,
    )


def _entry_from(record: Mapping[str, Any]) -> Entry:
    return Entry(
        title=phrase_from(record["title"]),
        text=phrase_from(record["text"]),
        facts=tuple(
            Fact(phrase_from(fact["label"]), phrase_from(fact["value"]))
            for fact in record.get("facts", ())
        ),
    )


def _phrases(records: Any) -> tuple[Phrase, ...]:
    return tuple(phrase_from(record) for record in records)
