"""The cast of every test, by role; who they are stands in tests/factories/people.py."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker

from ocop_portal.accounts.models import User
from ocop_portal.journal import bell, delivery, guards
from ocop_portal.web import catalogues
from promotion.services import checks
from registry.models import Subject
from tests.factories import people
from tests.factories.registry import NOW

pytest_plugins = ["tests.services_fixtures"]

LogIn = Callable[[User], Client]


def pytest_sessionstart() -> None:
    """The tests read the translations that the catalogues hold now."""
    catalogues.compile_all()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Databases of tests are emptied between tests, which the journal refuses everywhere else."""
    with django_db_blocker.unblock():
        guards.disconnect(apps.get_app_config("journal"))
        guards.take_down(connection)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for table in ("journal_entry", "journal_seal", "journal_dayhead"):
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_not_emptied")


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """No test inherits what a process remembers: a language, counts, servers that were down."""
    translation.deactivate()
    for cache in caches.all(initialized_only=True):
        cache.clear()
    bell.forget()
    delivery.forget()
    checks.forget()


@pytest.fixture
def at() -> datetime:
    """The moment at which a test's deeds are done."""
    return NOW


@pytest.fixture
def log_in() -> LogIn:
    """A browser in which this person is logged in."""

    def browser(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def producer(db: None) -> User:
    return people.lan()


@pytest.fixture
def subject(producer: User) -> Subject:
    """What Lan owns."""
    return people.subject_of(producer)


@pytest.fixture
def stranger(db: None) -> User:
    return people.tuan()


@pytest.fixture
def commune_officer(db: None) -> User:
    return people.minh()


@pytest.fixture
def district_officer(db: None) -> User:
    return people.dung()


@pytest.fixture
def provincial_officer(db: None) -> User:
    return people.ha()


@pytest.fixture
def former_provincial_officer(db: None) -> User:
    return people.ha_before()


@pytest.fixture
def central_officer(db: None) -> User:
    return people.khanh()


@pytest.fixture
def authority(db: None) -> User:
    return people.son()


@pytest.fixture
def administrator(db: None) -> User:
    return people.an()


@pytest.fixture
def auditor(db: None) -> User:
    return people.giang()


@pytest.fixture
def chair(db: None) -> User:
    return people.binh()


@pytest.fixture
def member(db: None) -> User:
    return people.yen()
