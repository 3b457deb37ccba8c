"""Registers on their way into the portal: the only place that sets their state.

Uploading, checking, loading and undoing are asked for by a person and done by a worker in short
pieces; each piece is one transaction, so a worker that dies loses nothing and doubles nothing.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import bell
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division, Level
from registry.domain.text import nfc, term
from registry.models import Unit
from registry.permissions import may_enter_register
from reporting.domain.register_columns import Field, check_mapping, guess
from reporting.domain.register_lines import carried, is_blank, read_line
from reporting.domain.register_states import IMPORT, ImportMove, ImportState, Outcome
from reporting.models import RegisterImport, RegisterLine
from reporting.selectors.register_context import RegisterContext, held_in
from reporting.services import register_files, register_lines

PIECE = 50  # lines of one transaction
BATCH = 1000


@transaction.atomic
def upload(
    file: "File[Any]",
    *,
    unit: Unit,
    division: Division,
    by: User,
    at: datetime,
) -> RegisterImport:
    """A register whose headings were recognised; nothing of it is written yet.

    Refused: a unit that is no province of today, a file that is no table, too large or broken.
    """
    require(may_enter_register(by, unit, on=legal_day(at)))
    if unit.level != Level.PROVINCE or unit.division != Division.TWO_TIER:
        raise RuleBroken(
            "register.unit", term("Hãy chọn một tỉnh, thành phố hiện nay."), field="unit"
        )
    header = register_files.look(file, at=at)
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    register = RegisterImport(
        unit=unit,
        division=division,
        file_name=nfc(file.name or "").rpartition("/")[2][:200],
        sha256=digest.hexdigest(),
        headings=list(header.headings),
        first_line=header.first_line,
        mapping={field.value: column for field, column in guess(header.headings).items()},
        uploaded_by=by,
        uploaded_at=at,
    )
    register.file.save("register", file, save=False)
    register.save(force_insert=True)
    _journal("uploaded", register, by, at, name=register.file_name, sha256=register.sha256)
    return register


@transaction.atomic
def check(
    register: RegisterImport, *, mapping: Mapping[Field, int], by: User, at: datetime
) -> RegisterImport:
    """Asks a worker to read every line with these columns; nothing is written in the portal."""
    current = _locked(register, by, at)
    check_mapping(mapping)
    current.mapping = {field.value: column for field, column in mapping.items()}
    current.fault, current.lines = "", 0
    _move(current, ImportMove.CHECK, "mapping", "fault", "lines", by=by)
    return current


@transaction.atomic
def load(register: RegisterImport, *, by: User, at: datetime) -> RegisterImport:
    """Asks a worker to keep every line; refused while a line has a fault."""
    current = _locked(register, by, at)
    facts = set()
    if current.rows.exists():
        facts.add("lines")
    if not current.rows.filter(outcome=Outcome.FAULTY).exists():
        facts.add("faultless")
    _move(current, ImportMove.LOAD, by=by, facts=frozenset(facts))
    _journal("load_asked", current, by, at, lines=current.lines)
    return current


@transaction.atomic
def undo(register: RegisterImport, *, by: User, at: datetime) -> RegisterImport:
    """Asks a worker to take back what this register made and nobody has used since."""
    current = _locked(register, by, at)
    _move(current, ImportMove.UNDO, by=by)
    _journal("undo_asked", current, by, at, lines=current.lines)
    return current


def go_on(register_id: int, *, at: datetime) -> bool:
    """Does the next piece of work; says whether there is more to do. For the worker."""
    register = RegisterImport.objects.select_related("unit", "worked_by").get(pk=register_id)
    work = {
        ImportState.CHECKING: _read_all,
        ImportState.LOADING: _keep_some,
        ImportState.REVERTING: _unmake_some,
        ImportState.UNDOING: _unmake_some,
    }.get(register.status)
    if work is None:
        return False
    RegisterImport.objects.filter(pk=register_id).update(touched_at=at)
    with bell.silence():
        work(register, at)
    return RegisterImport.objects.get(pk=register_id).status.is_working


def _read_all(register: RegisterImport, at: datetime) -> None:
    """Reads and judges outside a transaction, then stores the lines in one."""
    fault, rows = "", []
    try:
        rows = list(_judged(register, at))
    except RuleBroken as refusal:
        fault = refusal.text
    with transaction.atomic():
        current = RegisterImport.objects.select_for_update().get(pk=register.pk)
        if current.status is not ImportState.CHECKING or current.mapping != register.mapping:
            return
        current.rows.all().delete()
        RegisterLine.objects.bulk_create(rows, batch_size=BATCH)
        current.fault, current.lines = fault[:500], len(rows)
        _move(current, ImportMove.GIVE_UP if fault else ImportMove.FIND, "fault", "lines")


def _judged(register: RegisterImport, at: datetime) -> Iterator[RegisterLine]:
    """Every line of the file with what it is; a total or an empty row is none."""
    known = RegisterContext(register.unit, Division(register.division))
    held, today = held_in(register.unit), legal_day(at)
    columns = {Field(field): column for field, column in register.mapping.items()}
    above: dict[Field, str] | None = None
    with register.file.open("rb") as file:
        for number, row in enumerate(register_files.rows(file), start=1):
            cells = {
                field: row[column].strip() for field, column in columns.items() if column < len(row)
            }
            if number <= register.first_line or is_blank(cells):
                continue
            above = cells = carried(cells, above)
            line, faults = read_line(cells, known, today=today)
            outcome = Outcome.FAULTY
            if line is not None:
                outcome, faults = held.judge(number, line)
            yield RegisterLine(
                register=register,
                number=number,
                cells={field.value: cell for field, cell in cells.items() if cell},
                outcome=outcome,
                faults=[
                    [fault.field.value, *register_lines.refusal_facts(fault.refusal)]
                    for fault in faults
                ],
            )


@transaction.atomic
def _keep_some(register: RegisterImport, at: datetime) -> None:
    """The next lines; the first that is refused ends the load, and what it made is unmade."""
    current = RegisterImport.objects.select_for_update().get(pk=register.pk)
    rows = list(current.rows.filter(is_loaded=False).order_by("number")[:PIECE])
    if current.status is not ImportState.LOADING:
        return
    known = RegisterContext(register.unit, Division(register.division))
    for row in rows:
        if not _keep(row, known, current, at):
            _move(current, ImportMove.FAIL)
            return
    current.done += len(rows)
    if len(rows) == PIECE:
        current.save(update_fields=["done"])
        return
    current.loaded_at = at
    _move(current, ImportMove.FINISH, "loaded_at")
    _journal("loaded", current, current.worked_by, at, lines=current.lines)


def _keep(
    row: RegisterLine, known: RegisterContext, register: RegisterImport, at: datetime
) -> bool:
    cells = {Field(field): cell for field, cell in row.cells.items()}
    line, faults = read_line(cells, known, today=legal_day(at))
    refusal = faults[0].refusal if faults else None
    if line is not None and register.worked_by is not None:
        try:
            with transaction.atomic():
                row.made = register_lines.keep(line, by=register.worked_by, at=at)
                row.is_loaded = True
                row.save(update_fields=["made", "is_loaded"])
                return True
        except RuleBroken as refused:
            refusal = refused
    if refusal is None:
        raise ValueError(f"line {row.pk}: nobody asked for it")
    row.outcome, row.made, row.is_loaded = Outcome.FAULTY, {}, False
    row.faults = [[Field.PRODUCT.value, *register_lines.refusal_facts(refusal)]]
    row.save(update_fields=["outcome", "faults", "made", "is_loaded"])
    return False


@transaction.atomic
def _unmake_some(register: RegisterImport, at: datetime) -> None:
    """The last lines first, so that a subject goes after its products."""
    current = RegisterImport.objects.select_for_update().get(pk=register.pk)
    if current.status not in {ImportState.REVERTING, ImportState.UNDOING}:
        return
    rows = list(current.rows.filter(is_loaded=True).order_by("-number")[:PIECE])
    for row in rows:
        _unmake(row, current, at)
    current.done += len(rows)
    if len(rows) == PIECE:
        current.save(update_fields=["done"])
    elif current.status is ImportState.REVERTING:
        _move(current, ImportMove.REVERT)
    else:
        _move(current, ImportMove.END)
        _journal("undone", current, current.worked_by, at, lines=current.lines)


def _unmake(row: RegisterLine, register: RegisterImport, at: datetime) -> None:
    if register.worked_by is None:
        raise ValueError(f"register {register.pk}: nobody asked for it")
    row.is_loaded = False
    try:
        with transaction.atomic():
            register_lines.unmake(row, by=register.worked_by, at=at)
            row.made = {}
    except RuleBroken as refusal:
        row.outcome = Outcome.KEPT
        row.faults = [[Field.PRODUCT.value, *register_lines.refusal_facts(refusal)]]
    row.save(update_fields=["made", "is_loaded", "outcome", "faults"])


def _locked(register: RegisterImport, by: User, at: datetime) -> RegisterImport:
    rows = RegisterImport.objects.select_for_update(of=("self",)).select_related("unit")
    current = rows.get(pk=register.pk)
    require(may_enter_register(by, current.unit, on=legal_day(at)))
    return current


def _move(
    register: RegisterImport,
    move: ImportMove,
    *fields: str,
    by: User | None = None,
    facts: frozenset[str] = frozenset(),
) -> None:
    """A work begins at its first line; who asked for it is whose power it uses."""
    register.state = IMPORT.decide(register.status, move, facts)
    register.done = 0
    if by is not None:
        register.worked_by = by
    register.save(update_fields=["state", "done", "worked_by", *fields])


def _journal(
    word: str, register: RegisterImport, by: User | None, at: datetime, **facts: Any
) -> None:
    journal.record(f"reporting.register.{word}", subject=register, actor=by, at=at, facts=facts)
