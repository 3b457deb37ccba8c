"""What an appraiser asked to be mended, by item."""

from dataclasses import dataclass

from cycle.domain.paper_items import PaperKind
from cycle.models import Correction, Enrolment


@dataclass(frozen=True)
class Asked:
    """The requests on one paper: how often it was returned, and each item's, the newest first."""

    returns: int
    by_item: dict[str, list[Correction]]

    def of(self, item: str) -> list[Correction]:
        return self.by_item.get(item, [])


def corrections_of(enrolment: Enrolment, kind: PaperKind) -> Asked:
    """Everything that was asked for in the returns of one paper; one query."""
    by_item: dict[str, list[Correction]] = {}
    returns = 0
    rows = Correction.objects.filter(enrolment=enrolment, paper=kind).order_by("-number", "id")
    for row in rows:
        returns = max(returns, row.number)
        by_item.setdefault(row.item, []).append(row)
    return Asked(returns=returns, by_item=by_item)
