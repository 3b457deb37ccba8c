"""Publishes the open data now instead of at night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reporting.services import open_data


class Command(BaseCommand):
    help = "Writes the open data: CSV and JSON with dictionary, licence and checksums."

    def handle(self, *_args: Any, **_options: Any) -> None:
        edition = open_data.publish(at=timezone.now())
        for file in edition.files:
            self.stdout.write(f"{file.sha256}  {file.name}  {file.rows} rows, {file.size} bytes")
