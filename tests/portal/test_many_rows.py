"""Rows written at once are what rows saved one by one are, on either database."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ocop_portal import many_rows
from ocop_portal.journal.models import Entry
from registry.models import ProductSet, Subject
from tests.factories import registry
from tests.factories.registry import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
AWKWARD = (
    "Hợp tác xã “Sao Mai”",
    "tab\tin",
    "two\nlines\r\nthree",
    "back\\slash \\t \\n",
    "\\N",
    "\\.",
    "'; DROP TABLE x; --",
    '{"a", NULL}',
    "no\u00a0break",
    "",
)


def subjects(names: tuple[str, ...] = AWKWARD) -> list[Subject]:
    commune = registry.commune()
    return [
        Subject(
            name=name,
            kind="cooperative",
            commune=commune,
            created_at=NOW,
            registered_on=date(2024, 2, 29) if place % 2 else None,
            has_circular_chain=bool(place % 2),
            workers=place or None,
        )
        for place, name in enumerate(names)
    ]


def told(row: Subject) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in Subject._meta.concrete_fields
        if not field.primary_key
    }


def test_written_rows_are_the_saved_ones_and_have_their_keys() -> None:
    rows = subjects()
    saved = [told(row) for row in rows]

    many_rows.write(rows)

    assert [told(row) for row in Subject.objects.order_by("pk")] == saved
    assert [row.pk for row in rows] == list(
        Subject.objects.order_by("pk").values_list("pk", flat=True)
    )
    rows[0].save(update_fields=["name"])  # is known to be there


def test_values_are_written_with_what_is_the_same_and_the_defaults() -> None:
    facts = [{"name": text, "list": [1, None, True], "no": None} for text in AWKWARD]

    keys = many_rows.write_values(
        Entry,
        ("subject_id", "facts"),
        enumerate(facts),
        kind="a.b.c",
        subject_type="x.y",
        at=NOW,
    )

    found = Entry.objects.order_by("pk")
    assert [(row.pk, row.subject_id, row.facts) for row in found] == [
        (key, place, each) for key, (place, each) in zip(keys, enumerate(facts), strict=True)
    ]
    same = found.values("kind", "subject_type", "at", "actor", "fan_out_attempts").distinct()
    assert list(same.order_by()) == [
        {"kind": "a.b.c", "subject_type": "x.y", "at": NOW, "actor": None, "fan_out_attempts": 0}
    ]


def test_columns_are_set_row_by_row() -> None:
    rows = subjects()
    many_rows.write(rows)
    other = registry.commune("Phường Khác", "09999")

    many_rows.set_values(
        Subject,
        ("name", "registered_on", "commune_id", "workers"),
        [(row.pk, f"{row.name}!", None, other.pk, None) for row in rows[1:]],
    )

    first, *rest = Subject.objects.order_by("pk")
    assert told(first) == told(rows[0])
    assert [row.name for row in rest] == [f"{name}!" for name in AWKWARD[1:]]
    assert {(r.registered_on, r.commune_id, r.workers) for r in rest} == {(None, other.pk, None)}


@pytest.mark.parametrize(
    "write",
    [
        many_rows.write,
        lambda rows: many_rows.write_values(
            Subject,
            ("name", "tax_code", "commune_id"),
            [(row.name, row.tax_code, row.commune_id) for row in rows],
            created_at=NOW,
        ),
    ],
)
def test_row_that_breaks_a_constraint_keeps_all_out(write: Callable[[list[Subject]], Any]) -> None:
    rows = subjects()
    for row in rows[-2:]:
        row.tax_code = "0123456789"

    with pytest.raises(IntegrityError), transaction.atomic():
        write(rows)

    assert not Subject.objects.exists()


def test_too_long_text_is_refused_and_not_cut() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no length")
    many_rows.write(rows := subjects())

    with pytest.raises(DataError), transaction.atomic():
        many_rows.set_values(Subject, ("name",), [(row.pk, "a" * 201) for row in rows])
    with pytest.raises(DataError), transaction.atomic():
        many_rows.write(subjects(("a" * 201, "b")))


def test_nothing_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        many_rows.write([])
        many_rows.set_values(ProductSet, ("name",), [])
        keys = many_rows.write_values(ProductSet, ("name",), [])

    assert (keys, len(asked)) == ([], 0)


@pytest.mark.parametrize("count", [1, 50])
def test_many_rows_cost_the_queries_of_one(count: int) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes a thousand values at a time")
    rows = subjects(tuple(f"HTX {place}" for place in range(count)))

    with CaptureQueriesContext(connection) as asked:
        many_rows.write(rows)
        many_rows.set_values(Subject, ("name",), [(row.pk, "HTX") for row in rows])

    # One row is an INSERT; of many the keys are asked for, and COPY follows.
    beside = ("SAVEPOINT", "RELEASE", "COPY")
    assert sum(not each["sql"].startswith(beside) for each in asked) == 2
