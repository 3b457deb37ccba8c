"""The pieces in which a worker loads a register, and unmakes it; for `register_imports`.

Each piece is one transaction. The lines of a piece are kept together; where one of them is refused
they are kept in halves up to it, so that the fault stands with its line. Unmaking goes in halves
down to the lines that are refused; those stay and say why.
"""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from django.db import transaction

from ocop_portal import many_rows
from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division
from reporting.domain.register_columns import Field
from reporting.domain.register_lines import Line, read_line
from reporting.domain.register_states import ImportMove, ImportState, Outcome
from reporting.models import RegisterImport, RegisterLine
from reporting.selectors.register_context import RegisterContext
from reporting.services import register_lines
from reporting.services.register_moves import move, tell

PIECE = 2500  # lines of one transaction: two or three seconds
UNMADE = 500
_UNMAKING = ("made", "is_loaded", "outcome", "faults")


@transaction.atomic
def keep_some(register: RegisterImport, at: datetime) -> None:
    """The next lines; the first that is refused ends the load, and what it made is unmade."""
    current = RegisterImport.objects.select_for_update().get(pk=register.pk)
    rows = list(current.rows.filter(is_loaded=False).order_by("number")[:PIECE])
    if current.status is not ImportState.LOADING:
        return
    if not _keep(rows, current, at):
        move(current, ImportMove.FAIL)
        return
    current.done += len(rows)
    if len(rows) == PIECE:
        current.save(update_fields=["done"])
        return
    current.loaded_at = at
    move(current, ImportMove.FINISH, "loaded_at")
    tell("loaded", current, current.worked_by, at, lines=current.lines)


def _keep(rows: Sequence[RegisterLine], register: RegisterImport, at: datetime) -> bool:
    """All of them, or those before the first that is refused."""
    known = RegisterContext(register.unit, Division(register.division))
    return _kept_before(rows, [_read(row, known, at) for row in rows], _asker(register), at)


def _kept_before(
    rows: Sequence[RegisterLine], read: Sequence[Line | RuleBroken], by: User, at: datetime
) -> bool:
    """Together; where that is refused in halves, up to the first line that is refused alone."""
    refusal = next((line for line in read if isinstance(line, RuleBroken)), None)
    if refusal is None:
        lines = [line for line in read if isinstance(line, Line)]
        refusal = _kept(rows, lines, by, at)
    if refusal is None:
        return True
    if len(rows) == 1:
        _fault(rows[0], refusal)
        return False
    middle = len(rows) // 2
    return _kept_before(rows[:middle], read[:middle], by, at) and _kept_before(
        rows[middle:], read[middle:], by, at
    )


def _kept(
    rows: Sequence[RegisterLine], lines: Sequence[Line], by: User, at: datetime
) -> RuleBroken | None:
    """Keeps the lines together, or answers why nothing of them was kept."""
    try:
        with transaction.atomic():
            made = register_lines.keep(lines, by=by, at=at)
            many_rows.set_values(
                RegisterLine,
                ("made", "is_loaded"),
                ((row.pk, keys, True) for row, keys in zip(rows, made, strict=True)),
            )
    except RuleBroken as refused:
        return refused
    return None


def _read(row: RegisterLine, known: RegisterContext, at: datetime) -> Line | RuleBroken:
    """The line as it says today, or its first fault."""
    cells = {Field(field): cell for field, cell in row.cells.items()}
    line, faults = read_line(cells, known, today=legal_day(at))
    return faults[0].refusal if line is None else line


def _fault(row: RegisterLine, refusal: RuleBroken) -> None:
    row.outcome, row.made, row.is_loaded = Outcome.FAULTY, {}, False
    row.faults = [[Field.PRODUCT.value, *register_lines.refusal_facts(refusal)]]
    row.save(update_fields=["outcome", "faults", "made", "is_loaded"])


def _asker(register: RegisterImport) -> User:
    """Whose power the work uses."""
    if register.worked_by is None:
        raise ValueError(f"register {register.pk}: nobody asked for it")
    return register.worked_by


@transaction.atomic
def unmake_some(register: RegisterImport, at: datetime) -> None:
    """The last lines first, so that a subject goes after its products."""
    current = RegisterImport.objects.select_for_update().get(pk=register.pk)
    if current.status not in {ImportState.REVERTING, ImportState.UNDOING}:
        return
    rows = list(current.rows.filter(is_loaded=True).order_by("-number")[:UNMADE])
    _unmake(rows, _asker(current), at)
    pick = attrgetter("pk", *_UNMAKING)
    many_rows.set_values(RegisterLine, _UNMAKING, map(pick, rows))
    current.done += len(rows)
    if len(rows) == UNMADE:
        current.save(update_fields=["done"])
    elif current.status is ImportState.REVERTING:
        move(current, ImportMove.REVERT)
    else:
        move(current, ImportMove.END)
        tell("undone", current, current.worked_by, at, lines=current.lines)


def _unmake(rows: Sequence[RegisterLine], by: User, at: datetime) -> None:
    """All of them together; where one is refused in halves, so that it alone is kept."""
    try:
        with transaction.atomic():
            register_lines.unmake(rows, by=by, at=at)
    except RuleBroken as refusal:
        if len(rows) > 1:
            middle = len(rows) // 2
            _unmake(rows[:middle], by, at)
            _unmake(rows[middle:], by, at)
            return
        rows[0].is_loaded, rows[0].outcome = False, Outcome.KEPT
        rows[0].faults = [[Field.PRODUCT.value, *register_lines.refusal_facts(refusal)]]
        return
    for row in rows:
        row.is_loaded, row.made = False, {}
