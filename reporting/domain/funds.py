"""The programme's money: planned and spent, by source and component project, in whole đồng.

Quyết định 490/QĐ-TTg names the component projects and the sources: mostly what producers raise
themselves, credit, funds and aid, with a part from the budgets of the centre and of the place.
Both lists are data with dates (`reporting/data/programme/`): a project or source counts from its
first day to its last, and what was once recorded keeps its words.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from registry.domain.errors import RuleBroken
from registry.domain.text import term

MOST = 10**15  # đồng; a figure above it is a slip of the pen


class SourceKind(StrEnum):
    """Whose money it is."""

    CENTRAL = "central"
    LOCAL = "local"
    CREDIT = "credit"
    OWN = "own"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KINDS[self]


@dataclass(frozen=True)
class Named:
    """A component project or a source, in force on its days."""

    code: str
    label: str
    starts_on: date
    clause: str = ""
    kind: SourceKind = SourceKind.OTHER
    ends_on: date | None = None

    def is_in_force_in(self, year: int) -> bool:
        """On some day of the year."""
        return self.starts_on.year <= year and (self.ends_on is None or self.ends_on.year >= year)


@dataclass(frozen=True)
class FundsLaw:
    """The lists of a decree."""

    code: str
    decree: str
    projects: tuple[Named, ...]
    sources: tuple[Named, ...]

    def of_year(self, year: int) -> "FundsLaw":
        """What was in force on some day of the year."""
        return FundsLaw(
            self.code,
            self.decree,
            tuple(each for each in self.projects if each.is_in_force_in(year)),
            tuple(each for each in self.sources if each.is_in_force_in(year)),
        )


@dataclass(frozen=True)
class Money:
    """An amount of one source for one component project; đồng."""

    source: str
    project: str
    amount: int


@dataclass(frozen=True)
class FundsRow:
    """What was planned and spent in one line of a table, and how much of the plan that is."""

    label: str
    planned: int
    spent: int

    @property
    def tenths(self) -> int | None:
        """Spent of planned in tenths of a percent, rounded down; None where nothing was planned."""
        return self.spent * 1000 // self.planned if self.planned else None


@dataclass(frozen=True)
class FundsTable:
    """Rows by one of the two lists, with what they add up to."""

    rows: tuple[FundsRow, ...]

    @property
    def total(self) -> FundsRow:
        return FundsRow(
            term("Cộng"),
            sum(row.planned for row in self.rows),
            sum(row.spent for row in self.rows),
        )


def by_list(
    names: Sequence[Named], planned: Mapping[str, int], spent: Mapping[str, int]
) -> FundsTable:
    """One row for each of the list in its order; a code that left it keeps a row of its own."""
    known = {each.code for each in names}
    gone = sorted((set(planned) | set(spent)) - known)
    labels = [(each.code, each.label) for each in names] + [(code, code) for code in gone]
    return FundsTable(
        tuple(FundsRow(label, planned.get(code, 0), spent.get(code, 0)) for code, label in labels)
    )


def sums(lines: Iterable[Money], *, by: str) -> dict[str, int]:
    """What the lines add up to, by `source` or by `project`."""
    found: Counter[str] = Counter()
    for line in lines:
        found[getattr(line, by)] += line.amount
    return dict(found)


def check_amount(amount: int, *, field: str = "amount") -> None:
    """Whole đồng above nothing, and no slip of the pen."""
    if not 0 < amount <= MOST:
        raise RuleBroken(
            "funds.amount",
            term("Số tiền phải là số đồng nguyên, lớn hơn 0 và không quá %(most)s."),
            field=field,
            most=f"{MOST:,}".replace(",", "."),
        )


def law_from(record: Mapping[str, Any]) -> FundsLaw:
    """The lists from their file; a code that stands twice is refused."""
    projects = tuple(Named(**each) for each in record["projects"])
    sources = tuple(
        Named(**{**each, "kind": SourceKind(each["kind"])}) for each in record["sources"]
    )
    for names in (projects, sources):
        if len({each.code for each in names}) != len(names):
            raise ValueError(f"{record['code']}: a code stands twice")
    return FundsLaw(record["code"], record["decree"], projects, sources)


_KINDS = {
    SourceKind.CENTRAL: term("Ngân sách trung ương"),
    SourceKind.LOCAL: term("Ngân sách địa phương"),
    SourceKind.CREDIT: term("Tín dụng"),
    SourceKind.OWN: term("Vốn của chủ thể"),
    SourceKind.OTHER: term("Nguồn khác"),
}
