"""Shields and openings: what the apps above know about who may see a row of the apps below.

A conflict of interest, known to the council, must hide evidence, which the register keeps; a
council's member must see the evidence of the dossier before the council. The register may ask
neither, so the apps above announce predicates in `ready()`, and every selector of the model
applies them. A shield beats an opening, and both beat a posting.

A predicate is `(user, on) -> Q` on the model's own queryset; to stay free of double rows it
should be of the form `Q(pk__in=…)`.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from ocop_portal.accounts.models import User

Predicate = Callable[[User, date], Q]
Row = TypeVar("Row", bound=Model)
NOTHING = Q(pk__in=[])

_shields: dict[str, list[Predicate]] = {}
_openings: dict[str, list[Predicate]] = {}


def hide(label: str, predicate: Predicate) -> None:
    """Rows of the model (`registry.evidence`) for which the predicate holds are not seen."""
    _add(_shields, label, predicate)


def open_to(label: str, predicate: Predicate) -> None:
    """Rows of the model for which the predicate holds are seen without a posting."""
    _add(_openings, label, predicate)


def opened(model: type[Model], user: User, on: date) -> Q:
    """What the openings of a model let this person see; to be joined by `|`."""
    seen = NOTHING
    for predicate in _openings.get(model._meta.label_lower, ()):
        seen |= predicate(user, on)
    return seen


def shielded(rows: QuerySet[Row], user: User, on: date) -> QuerySet[Row]:
    """The rows without those that a shield hides from this person."""
    for predicate in _shields.get(rows.model._meta.label_lower, ()):
        rows = rows.exclude(predicate(user, on))
    return rows


def _add(held: dict[str, list[Predicate]], label: str, predicate: Predicate) -> None:
    predicates = held.setdefault(label.lower(), [])
    if predicate not in predicates:
        predicates.append(predicate)
