"""One engine for every state table: it decides, it never changes anything.

A table is a tuple of `Transition`s. `decide` answers with the new state or raises `RuleBroken`;
`moves_from` lists every move of the table with the reason why it is not possible now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.text import term


@dataclass(frozen=True)
class Transition:
    """One row: the move, where it may start, where it ends, the clause, the facts it needs."""

    move: StrEnum
    sources: frozenset[StrEnum]
    target: StrEnum
    clause: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class MoveOffer:
    """A move of the table and, where it is refused now, why."""

    move: StrEnum
    refusal: RuleBroken | None

    @property
    def is_possible(self) -> bool:
        return self.refusal is None


class Machine:
    """A state table that can be asked; two rows may not give one move two targets."""

    def __init__(self, name: str, rows: Iterable[Transition], needs: dict[str, str]) -> None:
        """`needs` maps the name of a fact to the Vietnamese sentence said when it is absent."""
        self.name = name
        self.rows = tuple(rows)
        self.needs = needs
        self._by_move = {row.move: row for row in self.rows}
        if len(self._by_move) != len(self.rows):
            raise ValueError(f"{name}: a move stands in two rows")

    def decide(self, state: StrEnum, move: StrEnum, facts: frozenset[str] = frozenset()) -> StrEnum:
        """The state after `move`, or RuleBroken: not from here, or a fact is missing."""
        refusal = self._refusal(state, self._by_move[move], facts)
        if refusal is not None:
            raise refusal
        return self._by_move[move].target

    def moves_from(self, state: StrEnum, facts: frozenset[str] = frozenset()) -> list[MoveOffer]:
        """Every move of the table in its order, possible or with its refusal."""
        return [MoveOffer(row.move, self._refusal(state, row, facts)) for row in self.rows]

    def _refusal(self, state: StrEnum, row: Transition, facts: frozenset[str]) -> RuleBroken | None:
        if state not in row.sources:
            return RuleBroken(
                f"{self.name}.not_from_here",
                term("Không thể làm việc này khi đang ở trạng thái “%(state)s”."),
                state=getattr(state, "label", state.value),
            )
        for need in row.needs:
            if need not in facts:
                return RuleBroken(f"{self.name}.needs_{need}", self.needs[need])
        return None
