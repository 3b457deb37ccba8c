"""The portal inside a measuring process: on a folder and a database of this run alone."""

import os
import secrets
from collections.abc import Mapping


def start(folder: str, database: Mapping[str, str] | None = None, *, urls: str = "") -> None:
    """The portal's own settings on this folder; SQLite where no database is named."""
    for name in [name for name in os.environ if name.startswith("OCOP_")]:
        del os.environ[name]
    os.environ |= {
        "OCOP_DATA_DIR": folder,
        "OCOP_SECRET_KEY": secrets.token_urlsafe(50),
        "OCOP_SECURE": "0",
        "DJANGO_SETTINGS_MODULE": "ocop_portal.settings",
        **(database or {}),
    }
    import django  # noqa: PLC0415 - after the environment
    from django.conf import settings  # noqa: PLC0415 - as above

    if urls:
        settings.ROOT_URLCONF = urls
    django.setup()


def fill(products: int) -> None:
    """Units, sets and so many listed products."""
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up

    from bench import rows  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_units", verbosity=0)
    call_command("load_product_sets", verbosity=0)
    rows.fill(products)
    analyze()


def analyze() -> None:
    """The database looks at its rows, as it does by itself in a portal that has run for a while."""
    from django.db import connection  # noqa: PLC0415 - after the set-up

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def say(line: str) -> None:
    """A line for who waits."""
    print(line, flush=True)  # noqa: T201 - a command's output
