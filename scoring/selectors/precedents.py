"""How a criterion was scored for similar products: counts of options, never who or which.

Similar are products of the same set under the same regime. A criterion is told only where the
counted sheets come from at least three other products, so that no member and no product can be
picked out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F

from scoring.domain.rubric import Option, Rubric
from scoring.models import AgendaItem, Mark
from scoring.selectors.rubrics import rubric_of

FEWEST_PRODUCTS = 3


@dataclass(frozen=True)
class OptionCount:
    """An option (None: none was met) with the number of sheets that chose it."""

    option: Option | None
    sheets: int


@dataclass(frozen=True)
class Precedent:
    """The distribution of one criterion, the option with the most points first."""

    code: str
    name: str
    products: int
    sheets: int
    options: tuple[OptionCount, ...]


def precedents_for(item: AgendaItem) -> tuple[Precedent, ...]:
    """For each criterion of the item's rubric; those with too few products are left out."""
    rubric = rubric_of(item.edition)
    product = item.dossier.enrolment.product_id
    marks = (
        Mark.objects.filter(
            sheet__item__rating__isnull=False,
            sheet__item__edition__regime=item.edition.regime,
            sheet__item__edition__set_number=item.edition.set_number,
            sheet__ballot=F("sheet__item__ballot"),
            sheet__submitted_at__isnull=False,
        )
        .exclude(sheet__item__dossier__enrolment__product=product)
        .order_by()
    )
    products = dict(
        marks.values("criterion")
        .annotate(products=Count("sheet__item__dossier__enrolment__product", distinct=True))
        .values_list("criterion", "products")
    )
    votes: dict[str, dict[str | None, int]] = {}
    for code, option, count in (
        marks.values("criterion", "option")
        .annotate(count=Count("id"))
        .values_list("criterion", "option", "count")
    ):
        votes.setdefault(code, {})[option] = count
    return tuple(_told(rubric, products, votes))


def _told(
    rubric: Rubric, products: Mapping[str, int], votes: Mapping[str, Mapping[str | None, int]]
) -> list[Precedent]:
    found = []
    for criterion in rubric.criteria:
        counted = {
            option: votes.get(criterion.code, {}).get(option.id if option else None, 0)
            for option in (*criterion.options, None)
        }
        ranked = sorted(counted, key=lambda option: -(option.points if option else 0))
        if products.get(criterion.code, 0) >= FEWEST_PRODUCTS:
            shown = tuple(OptionCount(each, counted[each]) for each in ranked if counted[each])
            sheets = sum(each.sheets for each in shown)
            found.append(
                Precedent(criterion.code, criterion.name, products[criterion.code], sheets, shown)
            )
    return found
