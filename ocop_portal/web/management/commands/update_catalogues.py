"""`update_catalogues`: brings the translation catalogues up to date with the code."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop_portal.web import catalogues

LANGUAGES = ("en",)


class Command(BaseCommand):
    help = "Adds new texts to the catalogues, takes gone ones out, keeps translations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail where something is open"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        messages = catalogues.collect()
        for language in LANGUAGES:
            catalogue = catalogues.updated(language, messages)
            path = catalogues.catalogue_path(language)
            is_open = len(catalogue.untranslated_entries())
            if options["check"]:
                if is_open or not path.exists() or str(catalogue) != path.read_text("utf-8"):
                    raise CommandError(f"{language}: run update_catalogues; {is_open} open")
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(str(catalogue), encoding="utf-8")
            self.stdout.write(f"{language}: {len(catalogue)} texts, {is_open} not translated")
