"""`manage.py verify_journal`: nothing in the journal was changed, removed, inserted or moved."""

from argparse import ArgumentParser
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ocop_portal.journal.models import DayHead, Seal
from ocop_portal.journal.sealing import waiting
from registry.domain.errors import RuleBroken
from scoring.domain.journal_heads import Head, heads_in
from scoring.selectors.journal_faults import journal_faults

NAMED = 50


class Command(BaseCommand):
    """Ends with an error that names every place where the chain broke, fifty at most."""

    help = "Walks the journal's chain and its daily heads; --head holds a head kept elsewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--day", type=date.fromisoformat, help="only what was sealed on this day (2026-11-26)"
        )
        parser.add_argument(
            "--head",
            type=Path,
            action="append",
            default=[],
            help="a head saved from /nhat-ky/ earlier: one .jwt, or the list moc.json",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        kept = [head for path in options["head"] for head in _heads_of(path)]
        total = Seal.objects.count()
        at = timezone.now()

        def tell(number: int) -> None:
            self.stdout.write(f"{number} of {total} entries verified")
            self.stdout.flush()

        walk = journal_faults(at=at, day=options["day"], kept=kept, tell=tell)
        found = [str(each) for each in islice(walk, NAMED + 1)]
        if found:
            more = [f"… more than {NAMED} faults"] if len(found) > NAMED else []
            raise CommandError("\n".join([*found[:NAMED], *more]))
        self.stdout.write(
            f"{total} entries and {DayHead.objects.count()} daily heads check out, "
            f"{len(kept)} kept heads agree, {waiting(at).count()} entries wait for their seal"
        )


def _heads_of(path: Path) -> list[Head]:
    try:
        return list(heads_in(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
    except RuleBroken as refusal:
        raise CommandError(f"{path}: no head of a journal, or cut short") from refusal
