"""Forgets what is past its time, as the retention table says; `--dry-run` only counts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ocop_portal.privacy import anonymising


class Command(BaseCommand):
    help = "Blank or delete personal data that is past its retention (see docs and /rieng-tu/)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, change nothing")

    def handle(self, *_args: Any, dry_run: bool = False, **_options: Any) -> None:
        done = anonymising.run(at=timezone.now(), dry_run=dry_run)
        for each in done:
            self.stdout.write(f"{each.label}: {each.rows}")
        word = "would be forgotten" if dry_run else "forgotten"
        self.stdout.write(f"{sum(each.rows for each in done)} rows {word}")
