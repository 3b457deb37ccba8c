"""Many rows of a model written at once: by COPY on PostgreSQL, by INSERT elsewhere.

For services that bring in thousands of rows. Rows are written as they are: nothing is read back
but their keys, and no field may write itself (such as a time of change). Constraints hold as ever;
a row that breaks one keeps all of them out.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import StringIO
from json import JSONEncoder
from operator import itemgetter
from typing import Any

from django.db import connection, models

BATCH = 1000
BLOCK = 1 << 16
NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
Written = Callable[[Any], str]


def write(rows: Iterable[models.Model]) -> None:
    """Inserts rows of one model in their order; each has its key afterwards."""
    new = list(rows)
    if not new:
        return
    model = type(new[0])
    if not _is_copied(new):
        model._default_manager.bulk_create(new, batch_size=BATCH)
        return
    names = [name for name in _fields(model) if name != _key_of(model)]
    pick = itemgetter(*names)
    keys = _copy(model, names, [pick(row.__dict__) for row in new], {})
    for row, key in zip(new, keys, strict=True):
        row.pk, row._state.adding, row._state.db = key, False, connection.alias


def write_values(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], **same: Any
) -> list[int]:
    """Inserts rows given by the values of these columns, `same` for all of them; their keys.

    A column that is not named has its default. Spares the objects where nobody needs them.
    """
    new = list(rows)
    if not _is_copied(new):
        made = [model(**same, **dict(zip(names, values, strict=True))) for values in new]
        model._default_manager.bulk_create(made, batch_size=BATCH)
        return [each.pk for each in made]
    given = {*names, *same, _key_of(model)}
    defaults = {
        name: field.get_default() for name, field in _fields(model).items() if name not in given
    }
    return _copy(model, names, new, defaults | same)


def set_values(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Sets these columns of rows that are there, each row given by its key and the new values."""
    new = list(rows)
    if not new:
        return
    if connection.vendor != "postgresql":
        made = [model(pk=key, **dict(zip(names, values, strict=True))) for key, *values in new]
        model._default_manager.bulk_update(made, names, batch_size=BATCH)
        return
    fields = [_fields(model)[name] for name in (_key_of(model), *names)]
    lists = [
        [field.get_db_prep_save(value, connection) for value in values]
        for field, values in zip(fields, zip(*new, strict=True), strict=True)
    ]
    key, *columns = map(_column, fields)
    changes = ", ".join(f"{column} = new.{column}" for column in columns)
    given = ", ".join(f"%s::{_list_type(field)}" for field in fields)
    as_new = f"unnest({given}) AS new ({', '.join((key, *columns))})"
    table = _quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {changes} FROM {as_new} WHERE {table}.{key} = new.{key}",  # noqa: S608 - the model's own names; values are parameters
            lists,
        )


def _is_copied(rows: Sequence[Any]) -> bool:
    """One row alone is an INSERT everywhere."""
    return len(rows) > 1 and connection.vendor == "postgresql"


def _copy(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    same: dict[str, Any],
) -> list[int]:
    """A line for each row: its key, its values, then what is the same in all of them."""
    fields, key = _fields(model), _key_of(model)
    writers = [_writer(fields[name]) for name in names]
    tail = "".join(f"\t{_writer(fields[name])(value)}" for name, value in same.items()) + "\n"
    columns = ", ".join(_column(fields[name]) for name in (key, *names, *same))
    table = _quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, fields[key].column, len(rows)],
        )
        keys = [number for (number,) in cursor.fetchall()]
        lines = StringIO()
        for number, row in zip(keys, rows, strict=True):
            cells = [write(value) for write, value in zip(writers, row, strict=True)]
            lines.write("\t".join([str(number), *cells]) + tail)
        lines.seek(0)
        with connection.wrap_database_errors:  # which Django does for its own statements only
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", lines, BLOCK)
    return keys


def _fields(model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
    return {field.attname: field for field in model._meta.concrete_fields}


def _key_of(model: type[models.Model]) -> str:
    return str(model._meta.pk.attname)


def _column(field: "models.Field[Any, Any]") -> str:
    return _quoted(str(field.column))


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _list_type(field: "models.Field[Any, Any]") -> str:
    """A list of what the column holds, without its length: the column itself refuses too much."""
    return (field.rel_db_type(connection) or "").partition("(")[0] + "[]"


class _Texts(dict[Any, str]):
    """What the values of a column are in COPY's text; most columns say the same again and again."""

    def __missing__(self, value: Any) -> str:
        text = self[value] = _text(value)
        return text


def _writer(field: "models.Field[Any, Any]") -> Written:
    if not isinstance(field, models.JSONField):
        return _Texts({None: NULL}).__getitem__
    encode = (field.encoder or JSONEncoder)(ensure_ascii=False).encode
    return lambda value: _escaped(encode(value))


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return _escaped(str(value))


def _escaped(text: str) -> str:
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPES)
