"""`manage.py check_star_tallies`: the figures counted beforehand against a recount."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from registry.domain.clock import legal_day
from reporting.services import star_tallies


class Command(BaseCommand):
    """Ends with an error that names every province that differs; --repair counts them all anew."""

    help = "Holds the tallies of stars against a recount."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="counts every province anew")

    def handle(self, *_args: Any, **options: Any) -> None:
        on = legal_day(timezone.now())
        found = list(star_tallies.differences(on=on))
        if options["repair"]:
            counted = star_tallies.count_all(on=on)
            self.stdout.write(f"{counted} provinces counted, {len(found)} were wrong")
        elif found:
            raise CommandError("\n".join(found))
        else:
            self.stdout.write("the tallies check out")
