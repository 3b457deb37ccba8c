"""The common faults of a round in a person's area, in the words of the checklist."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cycle.domain.corrections import CorrectionReason
from cycle.domain.paper_items import IDEA_ITEMS, PLAN_ITEMS, PaperKind
from cycle.models import Correction, Dossier, Round
from cycle.selectors import correctable_items, visible_enrolments
from ocop_portal.accounts.models import User
from reporting.domain.faults import LEAST, Fault, FaultTable, common_faults, masked

MOST = 5000  # the latest requests of a round
MOST_EXAMPLES = 3
KEY = ":"  # between the paper and its item


@dataclass(frozen=True)
class ShownFault:
    """An item as it is told: its paper and title, how many products, why, examples."""

    paper: str
    title: str
    products: int
    reasons: tuple[tuple[str, int], ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class RoundFaults:
    """Everything that is told of a round; `sets` are those of which enough is known."""

    rows: tuple[ShownFault, ...]
    products: int | None
    rest: int | None
    sets: tuple[tuple[int, str], ...]


def faults_of(season: Round, user: User, on: date, *, product_set: int | None) -> RoundFaults:
    """What offices asked of the products of a round that the person may see; of one set if named.

    Two questions to the database, however many products; the shields apply.
    """
    every = list(_requests(season, user, on)[:MOST])
    sets = _sets(every)
    chosen = [row for row in every if product_set is None or _set(row)[0] == product_set]
    table = common_faults(
        Fault(row.enrolment.product_id, f"{row.paper}{KEY}{row.item}", row.reason) for row in chosen
    )
    return RoundFaults(
        rows=tuple(_shown(table, chosen)), products=table.products, rest=table.rest, sets=sets
    )


def _requests(season: Round, user: User, on: date) -> QuerySet[Correction]:
    seen = visible_enrolments(user, on).order_by().values("pk")
    return (
        Correction.objects.filter(enrolment__round=season, enrolment__in=seen)
        .select_related(
            "enrolment__product__subject",
            "dossier__product_set",
            "dossier__enrolment__product__subject",
        )
        .order_by("-asked_at", "-pk")
    )


def _set(row: Correction) -> tuple[int | None, str]:
    """The set of the dossier; an idea or a plan has none yet."""
    if row.dossier is None:
        return None, ""
    return row.dossier.product_set_id, row.dossier.product_set.name


def _sets(rows: Iterable[Correction]) -> tuple[tuple[int, str], ...]:
    """Sets with enough products, so that choosing one tells of nobody."""
    products: dict[tuple[int, str], set[int]] = {}
    for row in rows:
        key, name = _set(row)
        if key is not None:
            products.setdefault((key, name), set()).add(row.enrolment.product_id)
    enough = [each for each, found in products.items() if len(found) >= LEAST]
    return tuple(sorted(enough, key=lambda each: each[1]))


def _shown(table: FaultTable, rows: list[Correction]) -> Iterable[ShownFault]:
    titles = _titles(rows)
    for row in table.rows:
        paper = row.item.partition(KEY)[0]
        yield ShownFault(
            paper=PaperKind(paper).label,
            title=titles.get(row.item, row.item.partition(KEY)[2]),
            products=row.products,
            reasons=tuple((CorrectionReason(why).label, n) for why, n in row.reasons.items()),
            examples=_examples(row.item, rows),
        )


def _examples(key: str, rows: list[Correction]) -> tuple[str, ...]:
    """The latest remarks of different products, without names."""
    found: dict[int, str] = {}
    for row in rows:
        if f"{row.paper}{KEY}{row.item}" == key and row.enrolment.product_id not in found:
            product = row.enrolment.product
            names = (product.name, product.subject.name, product.subject.representative_name)
            found[row.enrolment.product_id] = masked(row.note, names)
    return tuple(dict.fromkeys(found.values()))[:MOST_EXAMPLES]


def _titles(rows: list[Correction]) -> Mapping[str, str]:
    """The titles of the items, from one dossier of each set."""
    titles = {
        f"{paper.value}{KEY}{item.name}": item.title
        for paper, items in ((PaperKind.IDEA, IDEA_ITEMS), (PaperKind.PLAN, PLAN_ITEMS))
        for item in items
    }
    samples: dict[int, Dossier] = {}
    for row in rows:
        if row.dossier is not None:
            samples.setdefault(row.dossier.product_set_id, row.dossier)
    for dossier in samples.values():
        for item in correctable_items(dossier):
            titles.setdefault(f"{PaperKind.DOSSIER.value}{KEY}{item.name}", item.title)
    return titles
