"""`manage.py load_product_sets`: the sets of every regime, from the files of the repository."""

from typing import Any

from django.core.management.base import BaseCommand

from registry.services import product_sets


class Command(BaseCommand):
    help = "Loads the product sets of every regime; safe to run again."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for regime, report in product_sets.load().items():
            self.stdout.write(
                f"product sets {regime}: {report.created} created, {report.changed} changed, "
                f"{report.unchanged} unchanged"
            )
