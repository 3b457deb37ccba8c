"""What trade promotion brought, as evidence for the next evaluation (Part B: market, promotion).

Facts are counted between the day of recognition and the day asked. An event counts where the
office noted the product as present; a place or channel where it was sold in that time; contracts
and money where somebody said them, in whole đồng. Which item of the checklist a fact belongs to
is the item's own code; which criteria that item speaks to, the rubric says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

PROMOTION, MARKET = "promotion", "market"
ITEMS = (PROMOTION, MARKET)


@dataclass(frozen=True)
class Finding:
    """One fact: for which item, what, from when to when (None: still so), in figures."""

    item: str
    what: str
    since: date
    until: date | None = None
    contracts: int | None = None
    orders: int | None = None
    revenue: int | None = None


def criteria_called(
    names: Iterable[tuple[str, str]], headings: Iterable[str]
) -> list[tuple[str, str]]:
    """The criteria (code, name) that bear one of the headings, in the rubric's order."""
    wanted = {heading.casefold() for heading in headings}
    return [(code, name) for code, name in names if name.casefold() in wanted]


def of_item(findings: Iterable[Finding], item: str) -> list[Finding]:
    """The facts for an item, the earliest first."""
    chosen = [each for each in findings if each.item == item]
    return sorted(chosen, key=lambda each: (each.since, each.what))


@dataclass(frozen=True)
class Sum:
    """Figures added up; None where nobody said any."""

    contracts: int | None
    orders: int | None
    revenue: int | None


def summed(findings: Iterable[Finding]) -> Sum:
    found = list(findings)
    return Sum(
        _added(each.contracts for each in found),
        _added(each.orders for each in found),
        _added(each.revenue for each in found),
    )


def _added(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
