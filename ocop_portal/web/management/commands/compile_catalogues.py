"""`compile_catalogues`: writes the catalogues in the form that the portal reads."""

from typing import Any

from django.core.management.base import BaseCommand

from ocop_portal.web import catalogues


class Command(BaseCommand):
    help = "Writes a .mo beside every .po where it is missing or older."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        for path in catalogues.compile_all():
            self.stdout.write(f"{path.parts[-3]}: {path.name}")
