"""PostgreSQL where the environment names a host, else SQLite."""

from typing import Any

from ocop_portal import env
from ocop_portal.settings.paths import DATA_DIR

DB_HOST = env.text("OCOP_DB_HOST")


def _database() -> dict[str, Any]:
    """PostgreSQL where a host is named, else SQLite under the data directory."""
    if DB_HOST:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": DB_HOST,
            "PORT": env.text("OCOP_DB_PORT"),
            "NAME": env.text("OCOP_DB_NAME", "ocop"),
            "USER": env.text("OCOP_DB_USER", "ocop"),
            "PASSWORD": env.text("OCOP_DB_PASSWORD"),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "portal.sqlite3",
        # IMMEDIATE: a read-then-write transaction waits its turn instead of failing as locked.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
