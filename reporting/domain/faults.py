"""Common faults of a round: what offices asked to be mended, counted by product.

QĐ 490/QĐ-TTg of 2018, Annex I, steps 2 and 3: what is sent back says what is missing. Told
together, the requests help the next producers. A product counts once for an item however often it
was sent back for it. What concerns fewer than three products is not told separately: it goes into
one line of the rest, and is not told at all where the rest concerns fewer than three as well.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST = 3  # products of which something may be told
MASK = "…"
_CONTACT = re.compile(r"\S+@\S+|https?://\S+|\+?\d[\d .-]{5,}\d")


@dataclass(frozen=True)
class Fault:
    """One request: which product, which item, why."""

    product: int
    item: str
    reason: str


@dataclass(frozen=True)
class FaultRow:
    """An item with its products; `reasons` are empty where one of them would tell of too few."""

    item: str
    products: int
    reasons: Mapping[str, int]


@dataclass(frozen=True)
class FaultTable:
    """Items by their products, the most frequent first; `products` is None where too few.

    `rest` counts the products of the items that are not told separately; None: too few.
    """

    rows: tuple[FaultRow, ...]
    products: int | None
    rest: int | None


def common_faults(faults: Iterable[Fault], *, least: int = LEAST) -> FaultTable:
    """The table of a round; products are counted, not requests."""
    of_item: dict[str, set[int]] = defaultdict(set)
    of_reason: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for fault in faults:
        of_item[fault.item].add(fault.product)
        of_reason[fault.item][fault.reason].add(fault.product)
    told = {item: found for item, found in of_item.items() if len(found) >= least}
    rest: set[int] = set().union(*(of_item[item] for item in of_item if item not in told))
    everyone: set[int] = set().union(*of_item.values())
    rows = [
        FaultRow(item, len(found), _reasons(of_reason[item], least)) for item, found in told.items()
    ]
    return FaultTable(
        rows=tuple(sorted(rows, key=lambda row: (-row.products, row.item))),
        products=len(everyone) if len(everyone) >= least else None,
        rest=len(rest) if len(rest) >= least else None,
    )


def masked(note: str, names: Iterable[str]) -> str:
    """A remark without the names of the product and its producer, mail, web and numbers."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        note = re.sub(re.escape(name), MASK, note, flags=re.IGNORECASE)
    return _CONTACT.sub(MASK, note)


def _reasons(found: Mapping[str, set[int]], least: int) -> dict[str, int]:
    counts = {reason: len(products) for reason, products in found.items()}
    if any(count < least for count in counts.values()):
        return {}
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))
