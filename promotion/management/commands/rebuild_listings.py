"""Makes every public listing anew from the certificates, and says what was out of step."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from promotion.services import rebuilding


class Command(BaseCommand):
    help = "Checks the public listings against the certificates and repairs them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail if a listing is out of step"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        work = rebuilding.check if options["check"] else rebuilding.rebuild
        found = work(at=timezone.now())
        for fault in found.faults:
            self.stdout.write(fault)
        self.stdout.write(f"{found.products} products, {len(found.faults)} out of step")
        if options["check"] and found.faults:
            raise CommandError("the listings are out of step; run it without --check")
