"""Fixtures of the register."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from ocop_portal.web import navigation
from registry import menu, panels, shields
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


@pytest.fixture
def register_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what the apps above announce, so that a number of queries is the register's own."""
    monkeypatch.setattr(navigation, "_offers", [menu.entries])
    monkeypatch.setattr(shields, "_openings", {})
    monkeypatch.setattr(shields, "_shields", {})
    monkeypatch.setattr(panels, "_subject_providers", {})


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> None:
    """Files are kept in the test's own folder."""
    settings.MEDIA_ROOT = tmp_path
