"""`manage.py check_invariants`: what must always be true of the stored rows."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext

from ocop_portal.upkeep import services
from ocop_portal.upkeep.invariants import Invariant, registered
from ocop_portal.upkeep.models import CheckFinding
from ocop_portal.web.wording import worded


class Command(BaseCommand):
    """Ends with an error that names every thing, the rule it breaks, the clause, what to do."""

    help = "Checks sums, quorums, dates, states, tallies and files against the rules."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--files", action="store_true", help="reads every stored file, not a thirtieth"
        )
        parser.add_argument("--only", action="append", default=[], help="a rule's code, or its app")

    def handle(self, *_args: Any, **options: Any) -> None:
        rules = [rule for rule in registered() if _is_asked(rule, options["only"])]
        if not rules:
            raise CommandError(
                "no such rule; there are: " + ", ".join(r.code for r in registered())
            )
        run = services.run(at=timezone.now(), with_files=options["files"], rules=rules)
        if run.found:
            known = {rule.code: rule for rule in rules}
            raise CommandError("\n".join(_line(row, known[row.rule]) for row in run.findings.all()))
        self.stdout.write(f"{len(rules)} invariants hold")


def _is_asked(rule: Invariant, wanted: list[str]) -> bool:
    return not wanted or any(
        rule.code == each or rule.code.startswith(f"{each}.") for each in wanted
    )


def _line(row: CheckFinding, rule: Invariant) -> str:
    clause = f" ({rule.clause})" if rule.clause else ""
    thing = f"{row.subject_type} {row.subject_id} {row.name}: " if row.subject_type else ""
    said = worded(row.text, row.facts)
    return f"{thing}{said}\n  {row.rule}: {gettext(rule.title)}{clause}\n  {gettext(rule.advice)}"
