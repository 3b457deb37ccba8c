"""The backup and the restore of the production plan, run as they stand with folders of the test.

PostgreSQL's own two commands are stood in for; everything else is the text of docker-compose.yml.
"""

import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scoring.models import SigningKey
from scoring.services import keys
from tests.compose import ONE_ROUND, SERVICES, run_service
from tests.factories import promotion as make

STOOD_IN_FOR = {
    "pg_dump": 'for word; do file=$word; done; cp "$DATABASE" "$file"',
    "pg_restore": 'for word; do file=$word; done; cp "$file" "$DATABASE"',
    "sleep": ONE_ROUND,
}
pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Folders in the place of the volumes, and commands in the place of PostgreSQL's."""
    for name in ("keys", "media", "backups", "bin"):
        (tmp_path / name).mkdir(mode=0o700)
    for name, line in STOOD_IN_FOR.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    (tmp_path / "database").write_text("every row")
    return tmp_path


def run(machine: Path, words: list[str], *more: str) -> "subprocess.CompletedProcess[str]":
    env = {"DATABASE": str(machine / "database"), "PGDATABASE": "ocop"}
    return run_service(machine, words, *more, env=env)


def test_keys_when_the_machine_is_lost_then_the_backup_signs_on(
    machine: Path, settings: Any
) -> None:
    settings.KEYS_DIR = machine / "keys"
    key, private = keys.current(at=make.NOW)
    (machine / "media" / "giay.pdf").write_bytes(b"%PDF")

    run(machine, SERVICES["backup"]["command"])
    kept = sorted(path.name for path in (machine / "backups").iterdir())
    day = kept[0].partition(".")[0]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (machine / "backups").iterdir()}
    (machine / "keys" / f"{key.kid}.pem").unlink()
    (machine / "media" / "giay.pdf").unlink()
    (machine / "database").write_text("nothing")
    done = run(machine, SERVICES["restore"]["entrypoint"], day)

    assert kept == [f"{day}.dump", f"{day}.keys.tar.gz", f"{day}.media.tar.gz"]
    assert modes == {0o600}
    assert done.returncode == 0, done.stderr
    again, restored = keys.current(at=make.NOW)
    assert (again, SigningKey.objects.count()) == (key, 1)
    assert restored.private_bytes_raw() == private.private_bytes_raw()
    file = machine / "keys" / f"{key.kid}.pem"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (machine / "media" / "giay.pdf").read_bytes() == b"%PDF"
    assert (machine / "database").read_text() == "every row"


def test_restore_when_the_day_is_not_there_then_nothing_is_touched(machine: Path) -> None:
    missing = run(machine, SERVICES["restore"]["entrypoint"], "2020-01-01")
    unnamed = run(machine, SERVICES["restore"]["entrypoint"])

    assert missing.returncode != 0
    assert unnamed.returncode != 0
    assert (machine / "database").read_text() == "every row"


def test_backup_reads_the_keys_and_writes_none() -> None:
    assert "keys:/keys:ro" in SERVICES["backup"]["volumes"]
    assert "backups:/backups:ro" in SERVICES["restore"]["volumes"]
    assert SERVICES["restore"]["profiles"] == ["restore"]
