"""`manage.py load_units`: the administrative units, from the files of the repository."""

from typing import Any

from django.core.management.base import BaseCommand

from registry.services import units


class Command(BaseCommand):
    help = "Loads administrative units, their former names and successors; safe to run again."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for rows, report in units.load().items():
            self.stdout.write(
                f"{rows}: {report.created} created, {report.changed} changed, "
                f"{report.unchanged} unchanged"
            )
            for each in report.kept:
                self.stdout.write(f"  kept as changed by an administrator: {each}")
