"""Many rows like one: for what a list costs, not for what a row means."""

import copy
from itertools import count
from typing import Any

from django.db import models

_numbers = count(1)


def twins(row: Any, number: int) -> list[Any]:
    """So many saved copies of a row, each with what must be its own made anew."""
    return [_twin(row) for _each in range(number)]


def _twin(row: Any) -> Any:
    new = copy.copy(row)
    new.pk = None
    new._state = copy.copy(row._state)
    new._state.adding = True
    for name in _own_columns(type(row)):
        field, old = row._meta.get_field(name), getattr(row, name)
        if old is not None:
            setattr(new, name, _twin(old) if field.is_relation else _value(field))
    models.Model.save_base(new, raw=True, force_insert=True)
    return new


def _own_columns(model: type[models.Model]) -> set[str]:
    """One column of every unique constraint: a text or number before another row's twin."""
    singles = {
        field.name
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    }
    groups = [
        [model._meta.get_field(name) for name in constraint.fields]
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields
    ]
    return singles.union(_easiest(group) for group in groups if not _names(group) & singles)


def _names(group: list[Any]) -> set[str]:
    return {field.name for field in group}


def _easiest(group: list[Any]) -> str:
    plain = [field for field in group if not field.is_relation and not field.choices]
    related = [field for field in group if field.is_relation]
    return str((plain or related or group)[0].name)


def _value(field: Any) -> Any:
    number = 5000 + next(_numbers)
    return number if isinstance(field, models.IntegerField) else f"{number:05d}"[: field.max_length]
