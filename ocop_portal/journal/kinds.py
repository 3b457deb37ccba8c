"""What each kind of journal entry is called on the screen."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

_titles: dict[str, str] = {}


def register(kind: str, title: Any) -> None:
    """`title` is the Vietnamese sentence of the kind, marked by `term` or gettext_noop.

    A kind has one title: a second, different one is a mistake in the code.
    """
    if _titles.setdefault(kind, title) != title:
        raise ValueError(f"{kind}: two titles")


def register_all(titles: Mapping[str, str]) -> None:
    """Several kinds at once."""
    for kind, title in titles.items():
        register(kind, title)


def registered() -> frozenset[str]:
    """Every kind that has a title."""
    return frozenset(_titles)


def title_of(kind: str) -> str:
    """The title in the reader's language; an unknown kind shows its own name."""
    return gettext(_titles[kind]) if kind in _titles else kind
