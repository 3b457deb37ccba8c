"""`manage.py prefill_link`: a signed link that proposes texts for one dossier.

For programs of an office that know something already. The texts come as JSON on the standard
input, by their names; the producer sees each and takes it or leaves it.
"""

import json
import sys
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cycle.models import Dossier
from cycle.selectors.proposals import sign_proposal
from cycle.services.proposals import link_to
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken


class Command(BaseCommand):
    help = "Prints a signed link that proposes texts (JSON on standard input) for a dossier."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dossier", type=int, required=True)
        parser.add_argument("--source", required=True, help="who proposes, as the producer reads")
        parser.add_argument("--days", type=int, default=14, help="how long the link lives")

    def handle(self, *_args: Any, **options: Any) -> None:
        until = legal_day(timezone.now()) + timedelta(days=options["days"])
        try:
            values = json.load(sys.stdin)
            if not all(isinstance(text, str) for text in values.values()):
                raise CommandError("Each text must be a JSON string.")
            dossier = Dossier.objects.get(pk=options["dossier"])
            word = sign_proposal(dossier, values, source=options["source"], until=until)
        except (ValueError, AttributeError) as error:
            raise CommandError("The standard input is no JSON object of texts.") from error
        except Dossier.DoesNotExist as error:
            raise CommandError("There is no such dossier.") from error
        except RuleBroken as refusal:
            raise CommandError(refusal.text) from refusal
        self.stdout.write(link_to(dossier.pk, word))
