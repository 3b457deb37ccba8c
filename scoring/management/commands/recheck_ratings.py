"""`manage.py recheck_ratings`: everything concluded is computed again from what is stored."""

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scoring.models import Rating, RubricEdition
from scoring.selectors.rechecks import differences

NAMED = 50


class Command(BaseCommand):
    """Ends with an error that names what is not what its sheets, findings and edition say."""

    help = "Computes every rating again from the stored sheets, findings and editions."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = [str(each) for each in islice(differences(), NAMED + 1)]
        if found:
            more = [f"… more than {NAMED} differences"] if len(found) > NAMED else []
            raise CommandError("\n".join([*found[:NAMED], *more]))
        editions, ratings = RubricEdition.objects.count(), Rating.objects.count()
        self.stdout.write(f"{editions} editions and {ratings} ratings check out")
