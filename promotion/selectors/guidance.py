"""The guidance pages, read once from their files."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from promotion.domain.guidance import Decree, Page, page_from, phrase_from
from registry.selectors.law import regime

GUIDANCE_FILES = Path(__file__).parent.parent / "data" / "guidance"


def read(name: str) -> dict[str, Any]:
    """The record of a guidance file."""
    return tomllib.loads((GUIDANCE_FILES / name).read_text(encoding="utf-8"))


@cache
def decrees() -> dict[str, Decree]:
    """Every decree that a page may cite, by its key."""
    return {key: _decree_from(key, record) for key, record in read("decrees.toml").items()}


@cache
def pages() -> tuple[Page, ...]:
    """Every page in its reading order, which is the order of the files' names."""
    files = sorted(GUIDANCE_FILES.glob("[0-9]*.toml"))
    return tuple(page_from(read(file.name), decrees()) for file in files)


def page(slug: str) -> Page | None:
    return next((found for found in pages() if found.slug == slug), None)


def neighbours(current: Page) -> tuple[Page | None, Page | None]:
    """The page before and the page after, in reading order."""
    place = pages().index(current)
    before = pages()[place - 1] if place else None
    after = pages()[place + 1] if place + 1 < len(pages()) else None
    return before, after


def _decree_from(key: str, record: Mapping[str, Any]) -> Decree:
    """The days of a rubric decree are those of its regime."""
    if code := record.get("regime"):
        applies_from, applies_to = regime(code).effective_from, regime(code).effective_to
    else:
        applies_from, applies_to = record["applies_from"], record.get("applies_to")
    return Decree(
        key=key,
        name=record["name"],
        about=phrase_from(record["about"]),
        issued=record["issued"],
        applies_from=applies_from,
        applies_to=applies_to,
    )
