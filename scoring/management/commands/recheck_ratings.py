"""`manage.py recheck_ratings`: every rating computed again from its stored sheets."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scoring.models import Rating
from scoring.selectors.rechecks import differences


class Command(BaseCommand):
    """Ends with an error at the first rating that is not what its sheets say."""

    help = "Computes every rating again from the stored sheets, findings and editions."

    def handle(self, *_args: Any, **_options: Any) -> None:
        first = next(differences(), None)
        if first is not None:
            raise CommandError(str(first))
        self.stdout.write(f"{Rating.objects.count()} ratings check out")
