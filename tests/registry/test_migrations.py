"""The search indexes come and go with their migration, where the database has trigrams."""

import pytest
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


def search_indexes() -> set[str]:
    tables = ("registry_unit", "registry_subject", "registry_product")
    with connection.cursor() as cursor:
        found = [connection.introspection.get_constraints(cursor, table) for table in tables]
    return {name for names in found for name in names if name.endswith("_search")}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="trigrams are PostgreSQL's")
def test_search_indexes_come_and_go() -> None:
    there = search_indexes()
    call_command("migrate", "registry", "0001", verbosity=0)
    gone = search_indexes()
    call_command("migrate", verbosity=0)  # the apps above went back with it

    assert there == {"registry_unit_search", "registry_subject_search", "registry_product_search"}
    assert gone == set()
    assert search_indexes() == there


def test_other_databases_migrate_without_them() -> None:
    call_command("migrate", "registry", "0001", verbosity=0)
    call_command("migrate", verbosity=0)  # the apps above went back with it

    assert connection.vendor == "postgresql" or search_indexes() == set()
