"""The schema explains every word that it uses."""

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from ocop_portal.openapi import fields

PLAIN = {"string", "integer", "number"}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    generator: Any = SchemaGenerator
    found: dict[str, Any] = generator().get_schema(request=None, public=True)
    return found


def test_every_field_and_parameter_says_what_it_means(schema: dict[str, Any]) -> None:
    silent = {
        f"{where}.{name}"
        for where, name, described in fields(schema)
        if not {"description", "$ref"} & described.keys()
    }

    assert silent == set()


def test_every_plain_value_has_an_example_or_its_choices(schema: dict[str, Any]) -> None:
    bare = {
        f"{where}.{name}"
        for where, name, described in fields(schema)
        if is_plain(value := {**described.get("schema", {}), **described})
        and not {"example", "examples", "enum"} & value.keys()
    }

    assert bare == set()


def is_plain(value: dict[str, Any]) -> bool:
    """A text or a number, maybe null."""
    kinds = value.get("type", ())
    return bool(PLAIN & ({kinds} if isinstance(kinds, str) else set(kinds)))
