"""What SQLite itself refuses: to change or delete what was sealed, as PostgreSQL does.

A migration on SQLite makes tables anew, which loses their triggers without a word and stumbles
over triggers that name a table in the making. So the triggers belong to no migration: they are
taken away before migrating and put back afterwards.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate

from ocop_portal.journal.chain import SEALED

COLUMNS = ", ".join(f'"{name}"' for name in SEALED)
IS_SEALED = "EXISTS (SELECT 1 FROM journal_seal WHERE entry_id = OLD.id)"
IS_ANOTHER = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in SEALED)
TRIGGERS = {
    "journal_entry_same": (
        f"BEFORE UPDATE OF {COLUMNS} ON journal_entry WHEN {IS_SEALED} AND ({IS_ANOTHER}) "
        "BEGIN SELECT RAISE(ABORT, 'a journal entry is sealed'); END"
    ),
    "journal_entry_kept": (
        f"BEFORE DELETE ON journal_entry WHEN {IS_SEALED} "
        "BEGIN SELECT RAISE(ABORT, 'a journal entry is sealed'); END"
    ),
    "journal_seal_same": (
        "BEFORE UPDATE ON journal_seal "
        "BEGIN SELECT RAISE(ABORT, 'a seal of the journal is never changed'); END"
    ),
    "journal_seal_kept": (
        "BEFORE DELETE ON journal_seal "
        "BEGIN SELECT RAISE(ABORT, 'a seal of the journal is never changed'); END"
    ),
}


def connect(journal: AppConfig) -> None:
    """Called once, when the portal starts."""
    pre_migrate.connect(_before, sender=journal, dispatch_uid="journal_guards_off")
    post_migrate.connect(_after, sender=journal, dispatch_uid="journal_guards_on")


def disconnect(journal: AppConfig) -> None:
    """For databases that are emptied between tests."""
    pre_migrate.disconnect(sender=journal, dispatch_uid="journal_guards_off")
    post_migrate.disconnect(sender=journal, dispatch_uid="journal_guards_on")


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Puts the triggers up where the tables are there; a second time changes nothing."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if not {"journal_entry", "journal_seal"} <= tables:
            return
        for name, what in TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {what}")


def take_down(connection: BaseDatabaseWrapper) -> None:
    """The tables may be made anew."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name in TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _before(using: str, **_facts: Any) -> None:
    take_down(connections[using])


def _after(using: str, **_facts: Any) -> None:
    put_up(connections[using])
