"""Registers on their way into the portal: what a person asks for, and what a worker does next.

Uploading, checking, loading and undoing are asked for by a person and done by a worker in short
pieces; each piece is one transaction, so a worker that dies loses nothing and doubles nothing.
"""

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import bell
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division, Level
from registry.domain.text import nfc, term
from registry.models import Unit
from registry.permissions import may_enter_register
from reporting.domain.register_columns import Field, check_mapping, guess
from reporting.domain.register_states import ImportMove, ImportState, Outcome
from reporting.models import RegisterImport
from reporting.services import register_checks, register_files, register_pieces
from reporting.services.register_moves import locked, move, tell


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
    tell("uploaded", register, by, at, name=register.file_name, sha256=register.sha256)
    return register


@transaction.atomic
def check(
    register: RegisterImport, *, mapping: Mapping[Field, int], by: User, at: datetime
) -> RegisterImport:
    """Asks a worker to read every line with these columns; nothing is written in the portal."""
    current = locked(register, by, at)
    check_mapping(mapping)
    current.mapping = {field.value: column for field, column in mapping.items()}
    current.fault, current.lines = "", 0
    move(current, ImportMove.CHECK, "mapping", "fault", "lines", by=by)
    return current


@transaction.atomic
def load(register: RegisterImport, *, by: User, at: datetime) -> RegisterImport:
    """Asks a worker to keep every line; refused while a line has a fault."""
    current = locked(register, by, at)
    facts = set()
    if current.rows.exists():
        facts.add("lines")
    if not current.rows.filter(outcome=Outcome.FAULTY).exists():
        facts.add("faultless")
    move(current, ImportMove.LOAD, by=by, facts=frozenset(facts))
    tell("load_asked", current, by, at, lines=current.lines)
    return current


@transaction.atomic
def undo(register: RegisterImport, *, by: User, at: datetime) -> RegisterImport:
    """Asks a worker to take back what this register made and nobody has used since."""
    current = locked(register, by, at)
    move(current, ImportMove.UNDO, by=by)
    tell("undo_asked", current, by, at, lines=current.lines)
    return current


def go_on(register_id: int, *, at: datetime) -> bool:
    """Does the next piece of work; says whether there is more to do. For the worker."""
    register = RegisterImport.objects.select_related("unit", "worked_by").get(pk=register_id)
    work = {
        ImportState.CHECKING: register_checks.read_all,
        ImportState.LOADING: register_pieces.keep_some,
        ImportState.REVERTING: register_pieces.unmake_some,
        ImportState.UNDOING: register_pieces.unmake_some,
    }.get(register.status)
    if work is None:
        return False
    RegisterImport.objects.filter(pk=register_id).update(touched_at=at)
    with bell.silence(), _no_collection():
        work(register, at)
    return RegisterImport.objects.get(pk=register_id).status.is_working


@contextmanager
def _no_collection() -> Iterator[None]:
    """A piece makes many thousand objects that live until its end: looking for dead ones again
    and again finds none and costs a tenth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
