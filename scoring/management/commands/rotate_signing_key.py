"""`manage.py rotate_signing_key`: a new key signs credentials from now on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from scoring.services import keys


class Command(BaseCommand):
    """To be run where the keys are kept: on the worker's machine."""

    help = "Makes a new signing key; what older keys signed can still be checked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--compromised",
            action="store_true",
            help="the current key is no longer secret: unpublish it and sign everything anew",
        )

    def handle(self, *_args: Any, compromised: bool, **_options: Any) -> None:
        key = keys.rotate(at=timezone.now(), is_compromised=compromised)
        self.stdout.write(f"signing with {key.kid} from now on")
