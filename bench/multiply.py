"""Rows by the million: what is there, copied inside the database with numbers of its own."""

from typing import Any

from django.db import connection, models

from promotion.models import Listing, Recognition
from registry.models import Product
from scoring.models import Certificate

# In the order of their references: a copy points to the copies of the same round.
TABLES: tuple[type[models.Model], ...] = (Product, Certificate, Listing, Recognition)
# What no two rows may share, in SQL; `n` is the round of the copy.
OWN = {
    (Certificate, "code"): "LPAD((id + n * {step})::text, 12, '0')",
    (Certificate, "number"): "LPAD((id + n * {step})::text, 12, '0')",
    (Listing, "slug"): "slug || '-' || n",
}


def multiply(total: int) -> None:
    """Copies every product with its papers until there are so many.

    For PostgreSQL, on tables that `bench.rows` filled: their numbers run from 1 without a gap, so
    that one offset leads every copy to the copies of what it names.
    """
    step = Product.objects.count()
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(_copy(model, step), [total // step - 1])


def _copy(model: type[models.Model], step: int) -> str:
    table = model._meta.db_table
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(model, field, step) for field in fields)
    rounds = f"{table}, generate_series(1, %s) AS n"
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {rounds}"  # noqa: S608 - our names


def _value(model: type[models.Model], field: Any, step: int) -> str:
    if own := OWN.get((model, field.name)):
        return own.format(step=step)
    column = f'"{field.column}"'
    moves = field.primary_key or field.related_model in TABLES
    return f"{column} + n * {step}" if moves else column
