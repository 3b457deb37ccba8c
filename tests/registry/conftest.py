"""Fixtures of the register."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from registry.services import units


@pytest.fixture(scope="module")
def _units_of_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The real units, loaded once for a module: each test's transaction lies inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        units.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded_units(_units_of_the_module: None, db: None) -> None:
    """The real units: 14,149 rows."""
