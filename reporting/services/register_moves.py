"""The state of a register: this alone sets it, for the services beside it."""

from datetime import datetime
from typing import Any

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.permissions import may_enter_register
from reporting.domain.register_states import IMPORT, ImportMove
from reporting.models import RegisterImport


def locked(register: RegisterImport, by: User, at: datetime) -> RegisterImport:
    """The register read afresh under a lock, for who may bring it in."""
    rows = RegisterImport.objects.select_for_update(of=("self",)).select_related("unit")
    current = rows.get(pk=register.pk)
    require(may_enter_register(by, current.unit, on=legal_day(at)))
    return current


def move(
    register: RegisterImport,
    step: ImportMove,
    *fields: str,
    by: User | None = None,
    facts: frozenset[str] = frozenset(),
) -> None:
    """A work begins at its first line; who asked for it is whose power it uses."""
    register.state = IMPORT.decide(register.status, step, facts)
    register.done = 0
    if by is not None:
        register.worked_by = by
    register.save(update_fields=["state", "done", "worked_by", *fields])


def tell(word: str, register: RegisterImport, by: User | None, at: datetime, **facts: Any) -> None:
    """Writes into the journal what became of the register."""
    journal.record(f"reporting.register.{word}", subject=register, actor=by, at=at, facts=facts)
