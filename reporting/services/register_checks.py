"""Reading a register line by line without writing anything of it; for `register_imports`."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from ocop_portal import many_rows
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division
from reporting.domain.register_columns import Field
from reporting.domain.register_lines import carried, is_blank, read_line
from reporting.domain.register_states import ImportMove, ImportState, Outcome
from reporting.models import RegisterImport, RegisterLine
from reporting.selectors.register_context import RegisterContext, held_in
from reporting.services import register_files, register_lines
from reporting.services.register_moves import move

COLUMNS = ("number", "cells", "outcome", "faults")


def read_all(register: RegisterImport, at: datetime) -> None:
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
        many_rows.write_values(RegisterLine, COLUMNS, rows, register_id=register.pk)
        current.fault, current.lines = fault[:500], len(rows)
        move(current, ImportMove.GIVE_UP if fault else ImportMove.FIND, "fault", "lines")


def _judged(register: RegisterImport, at: datetime) -> Iterator[tuple[Any, ...]]:
    """The columns of every line of the file; a total or an empty row is none."""
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
            yield (
                number,
                {field.value: cell for field, cell in cells.items() if cell},
                outcome,
                [
                    [fault.field.value, *register_lines.refusal_facts(fault.refusal)]
                    for fault in faults
                ],
            )
