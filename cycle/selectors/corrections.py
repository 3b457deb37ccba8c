"""What an office asked to be mended, by item, and what may be mended because of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cycle.domain.dossier import DossierMove, DossierState
from cycle.domain.paper_items import REGISTER, SELF_ASSESSMENT, PaperItem, PaperKind
from cycle.models import Correction, Dossier, Enrolment, Move
from cycle.selectors.dossiers import items_of, missing_items, missing_texts, texts_of


@dataclass(frozen=True)
class Asked:
    """The requests on one paper: how often it was returned, and each item's, the newest first."""

    returns: int
    by_item: dict[str, list[Correction]]

    def of(self, item: str) -> list[Correction]:
        return self.by_item.get(item, [])

    def in_return(self, number: int) -> dict[str, Correction]:
        """What was asked for in one return, by item."""
        return {
            item: row for item, rows in self.by_item.items() for row in rows if row.number == number
        }


@dataclass(frozen=True)
class Mending:
    """What the subject may write in a dossier: everything (`names` is None) or these items."""

    asked: Asked
    names: frozenset[str] | None = None

    def is_open(self, item: str) -> bool:
        return self.names is None or item in self.names

    @property
    def requests(self) -> dict[str, Correction]:
        """The requests that stand now, by item; none while everything may be written."""
        return {} if self.names is None else self.asked.in_return(self.asked.returns)


def corrections_of(enrolment: Enrolment, kind: PaperKind) -> Asked:
    """Everything that was asked for in the returns of an idea or a plan; one query."""
    return _asked(Correction.objects.filter(enrolment=enrolment, paper=kind))


def corrections_in(dossier: Dossier) -> Asked:
    """Everything that was asked for in the returns of a dossier; one query."""
    return _asked(Correction.objects.filter(dossier=dossier))


def correctable_items(dossier: Dossier) -> tuple[PaperItem, ...]:
    """What an office may ask to be mended: texts, evidence items, self-assessment, register."""
    texts = [PaperItem(text.name, text.title) for text in texts_of(dossier)]
    items = [PaperItem(item.code, item.title) for item in items_of(dossier)]
    return (REGISTER, *texts, *items, SELF_ASSESSMENT)


def mending_of(dossier: Dossier, on: date) -> Mending:
    """What may be written in a dossier on a day.

    After an office's return only the items that it named, and what the lodging would lack
    without: a paper that ran out meanwhile. A draft, and what a council sent back as a whole, is
    open in every item.
    """
    asked = corrections_in(dossier)
    if dossier.state != DossierState.RETURNED or not asked.returns:
        return Mending(asked)
    last = Move.objects.filter(dossier=dossier, to_state=DossierState.RETURNED).order_by("-id")
    if (move := last.first()) is None or move.name != f"dossier.{DossierMove.RETURN}":
        return Mending(asked)
    lacking = {item.code for item in missing_items(dossier, on)}
    lacking |= {text.name for text in missing_texts(dossier)}
    return Mending(asked, frozenset({*asked.in_return(asked.returns), *lacking}))


def _asked(rows: Iterable[Correction]) -> Asked:
    by_item: dict[str, list[Correction]] = {}
    returns = 0
    for row in sorted(rows, key=lambda each: (-each.number, each.pk)):
        returns = max(returns, row.number)
        by_item.setdefault(row.item, []).append(row)
    return Asked(returns=returns, by_item=by_item)
