"""What the environment does to the settings, and what a bad one is told."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from ocop_portal import env
from tests.checks import example_settings

ROOT = Path(__file__).resolve().parents[2]


def ask(expression: str, **settings_of: str) -> subprocess.CompletedProcess[str]:
    """Read the portal's settings in a process of their own with exactly this environment."""
    program = f"from ocop_portal import settings as s; print(({expression}))"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=kept | settings_of,
        capture_output=True,
        text=True,
        check=False,
    )


def answer(expression: str, **settings_of: str) -> str:
    told = ask(expression, **{"OCOP_SECRET_KEY": "of-this-test"} | settings_of)
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def test_only_the_driver_of_the_user_is_there() -> None:
    """Django prefers psycopg 3 silently wherever it can be imported."""
    assert importlib.util.find_spec("psycopg") is None
    assert int(psycopg2.__version__.split(".", maxsplit=1)[0]) == 2


@pytest.mark.django_db
def test_the_connection_is_made_by_that_driver() -> None:
    connection.ensure_connection()
    module = type(connection.connection).__module__.partition(".")[0]

    assert module == {"postgresql": "psycopg2", "sqlite": "sqlite3"}[connection.vendor]


def test_without_a_secret_nothing_starts() -> None:
    told = ask("s.SECRET_KEY")

    assert told.returncode != 0
    assert "OCOP_SECRET_KEY is not set" in told.stderr


def test_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from the file\n")

    told = ask("s.SECRET_KEY", OCOP_SECRET_KEY_FILE=str(tmp_path / "key"))

    assert told.stdout.strip() == "from the file"


def test_without_servers_the_portal_is_embedded(tmp_path: Path) -> None:
    told = answer(
        "s.DATABASES['default']['ENGINE'], s.DATABASES['default']['OPTIONS']['transaction_mode'],"
        " s.CELERY_BROKER_URL.partition(':')[0], s.CELERY_BROKER_TRANSPORT_OPTIONS"
        "['polling_interval'], s.DATABASES['default']['NAME'].parent == s.DATA_DIR",
        OCOP_DATA_DIR=str(tmp_path),
    )

    assert told == "('django.db.backends.sqlite3', 'IMMEDIATE', 'folder', 0.2, True)"


def test_with_servers_the_portal_uses_them() -> None:
    told = answer(
        "s.DATABASES['default']['ENGINE'], s.DATABASES['default']['HOST'],"
        " s.DATABASES['default']['CONN_MAX_AGE'] > 0, s.CELERY_BROKER_URL,"
        " s.CACHES['default']['LOCATION']",
        OCOP_DB_HOST="db.example",
        OCOP_REDIS_URL="redis://redis.example/0",
        OCOP_BROKER_URL="redis://redis.example/1",
    )

    assert told == (
        "('django.db.backends.postgresql', 'db.example', True, 'redis://redis.example/1',"
        " 'redis://redis.example/0')"
    )


def test_what_nobody_set_is_safe() -> None:
    told = answer("s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT")

    assert told == "(False, True, True, True)"


def test_the_example_starts_in_production_order() -> None:
    told = answer("s.DEBUG, s.SITE_URL.split(':')[0], s.ALLOWED_HOSTS", **example_settings())

    assert told == "(False, 'https', ['ocop.example.vn'])"


@pytest.mark.parametrize(
    ("name", "word"), [("OCOP_DEBUG", "perhaps"), ("OCOP_IDLE_SECONDS", "half an hour")]
)
def test_a_word_that_cannot_be_read_is_refused_by_name(name: str, word: str) -> None:
    told = ask("1", OCOP_SECRET_KEY="of-this-test", **{name: word})

    assert told.returncode != 0
    assert f"{name}={word!r}" in told.stderr


@pytest.mark.parametrize(
    ("word", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("", False)]
)
def test_flag_reads_the_usual_words(
    word: str,
    meant: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OCOP_FLAG_OF_A_TEST", word)

    assert env.flag("OCOP_FLAG_OF_A_TEST", default=not meant) is meant


def test_the_tests_use_quick_passwords_and_send_nothing() -> None:
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assert settings.EMAIL_BACKEND.endswith("locmem.EmailBackend")
    assert settings.CELERY_TASK_ALWAYS_EAGER is False


def test_every_setting_is_told_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("## Settings")[2].partition("\n## ")[0]

    assert [name for name in example_settings() if f"`{name}`" not in table] == []
