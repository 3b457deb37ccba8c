"""Every state table of every app, found by looking: each state with each move, each missing fact.

A table that somebody adds tomorrow is in here without being named.
"""

import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module

import pytest

from registry.domain.errors import RuleBroken
from registry.domain.machine import Machine, Transition

APPS = ("registry", "cycle", "scoring", "promotion", "reporting")


def machines() -> Iterator[tuple[str, Machine]]:
    """Each table once, with the place where it stands."""
    seen: set[int] = set()
    for app in APPS:
        package = import_module(f"{app}.domain")
        for module in pkgutil.iter_modules(package.__path__, f"{app}.domain."):
            for name, value in vars(import_module(module.name)).items():
                if isinstance(value, Machine) and id(value) not in seen:
                    seen.add(id(value))
                    yield f"{module.name}.{name}", value


TABLES = dict(machines())


def states_of(table: Machine) -> list[StrEnum]:
    """Every state that the table's things may be in, also those that no row begins in."""
    return list(type(table.rows[0].target))


CASES = [
    pytest.param(table, state, row, id=f"{place}-{state}-{row.move}")
    for place, table in TABLES.items()
    for state in states_of(table)
    for row in table.rows
]
NEEDS = [
    pytest.param(table, row, need, id=f"{place}-{row.move}-{need}")
    for place, table in TABLES.items()
    for row in table.rows
    for need in row.needs
]


def test_the_tables_of_the_whole_journey_are_found() -> None:
    """Those without which this file would prove nothing; others may come."""
    assert {table.name for table in TABLES.values()} >= {
        "answering",
        "certificate",
        "complaint",
        "decision",
        "dossier",
        "edition",
        "enrolment",
        "idea",
        "inspection",
        "item",
        "plan",
        "session",
        "sheet",
        "support",
    }


@pytest.mark.parametrize(("table", "state", "row"), CASES)
def test_a_move_works_where_its_row_says_so_and_nowhere_else(
    table: Machine, state: StrEnum, row: Transition
) -> None:
    facts = frozenset(row.needs)

    if state in row.sources:
        assert table.decide(state, row.move, facts) is row.target
    else:
        with pytest.raises(RuleBroken, match=rf"^{table.name}\.not_from_here: "):
            table.decide(state, row.move, facts)


@pytest.mark.parametrize(("table", "row", "need"), NEEDS)
def test_a_missing_fact_is_named(table: Machine, row: Transition, need: str) -> None:
    for state in row.sources:
        with pytest.raises(RuleBroken, match=rf"^{table.name}\.needs_{need}: ") as refusal:
            table.decide(state, row.move, frozenset(row.needs) - {need})
        assert refusal.value.text == table.needs[need]


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_row_speaks_of_the_states_and_the_facts_that_the_table_knows(table: Machine) -> None:
    states = set(states_of(table))

    for row in table.rows:
        assert row.sources <= states
        assert set(row.needs) <= table.needs.keys()
    assert {offer.move for offer in table.moves_from(states_of(table)[0])} == {
        row.move for row in table.rows
    }
