"""`manage.py import_register FILE`: an existing register comes in, with its progress."""

from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ocop_portal.accounts.models import User
from ocop_portal.refusals import refusal_text
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division
from registry.models import Unit
from registry.selectors import unit_at
from reporting.domain.register_columns import Field
from reporting.domain.register_states import ImportState, Outcome
from reporting.models import RegisterImport
from reporting.selectors.registers import counts_of
from reporting.services import register_imports
from reporting.templatetags.reporting import fault_words

BAR = 40
NAMED = 100


class Command(BaseCommand):
    """Checks every line and, without --dry-run, keeps them all; one fault keeps them all out."""

    help = "Brings in a provincial register from an XLSX or CSV file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--province", required=True, help="code of today's province, as 19")
        parser.add_argument("--by", required=True, help="mail address of who brings it in")
        parser.add_argument("--former-units", action="store_true", help="communes of before 7/2025")
        parser.add_argument("--dry-run", action="store_true", help="checks, keeps nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        by, unit = _person(options["by"]), _province(options["province"])
        division = Division.THREE_TIER if options["former_units"] else Division.TWO_TIER
        try:
            register = _uploaded(options["file"], unit, division, by)
            mapping = {Field(name): column for name, column in register.mapping.items()}
            register_imports.check(register, mapping=mapping, by=by, at=timezone.now())
            self._work(register)
            self._tell(register)
            if not options["dry_run"]:
                register_imports.load(register, by=by, at=timezone.now())
                self._work(register)
        except RuleBroken as refusal:
            raise CommandError(refusal_text(refusal)) from refusal
        register.refresh_from_db()
        if register.fault:
            raise CommandError(register.fault)
        if not options["dry_run"] and register.status is not ImportState.LOADED:
            self._tell(register)
            raise CommandError("nothing was kept")
        self.stdout.write(f"{register.status.value}: {register.lines} lines")

    def _work(self, register: RegisterImport) -> None:
        """Piece by piece to the end, with a bar on one line of the terminal."""
        while register_imports.go_on(register.pk, at=timezone.now()):
            self._draw(register)
        self._draw(register)
        self.stdout.write("")

    def _draw(self, register: RegisterImport) -> None:
        register.refresh_from_db()
        done = register.done if register.status.is_working else register.lines
        share = done / register.lines if register.lines else 0
        bar = "#" * int(BAR * share)
        text = f"\r[{bar:<{BAR}}] {done}/{register.lines} {register.status.value:<10}"
        self.stdout.write(text, ending="")
        self.stdout.flush()

    def _tell(self, register: RegisterImport) -> None:
        register.refresh_from_db()
        counts = counts_of(register)
        self.stdout.write(", ".join(f"{outcome.value}: {n}" for outcome, n in counts.items()))
        for row in register.rows.filter(outcome=Outcome.FAULTY).order_by("number")[:NAMED]:
            for words in fault_words(row, register):
                self.stdout.write(f"  {row.number}: {words}")


def _uploaded(path: Path, unit: Unit, division: Division, by: User) -> RegisterImport:
    try:
        with path.open("rb") as opened:
            file = File(opened, name=path.name)
            return register_imports.upload(
                file, unit=unit, division=division, by=by, at=timezone.now()
            )
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _person(email: str) -> User:
    found = User.objects.filter(email=email.lower()).first()
    if found is None:
        raise CommandError(f"{email} has no account.")
    return found


def _province(code: str) -> Unit:
    try:
        return unit_at(Division.TWO_TIER, code)
    except Unit.DoesNotExist:
        raise CommandError(f"There is no unit {code} today.") from None
