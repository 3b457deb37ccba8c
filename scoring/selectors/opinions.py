"""Opinions of the advisory team: one's own draft, and what was sent, by criterion."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from scoring.domain.rubric import Option, Rubric
from scoring.models import AgendaItem, CouncilMember, Opinion, OpinionLine


@dataclass(frozen=True)
class Advice:
    """What one adviser says of one criterion."""

    by: str
    option: Option | None
    remark: str


def opinion_of(item: AgendaItem, member: CouncilMember) -> Opinion | None:
    """An adviser's own opinion, sent or not."""
    return _opinions().filter(item=item, member=member).first()


def sent_opinions(item: AgendaItem) -> QuerySet[Opinion]:
    """What the council reads; drafts never are among them."""
    return _opinions().filter(item=item, sent_at__isnull=False)


def advice_by_criterion(
    opinions: QuerySet[Opinion], rubric: Rubric
) -> dict[str, tuple[Advice, ...]]:
    """Every adviser's word beside the criterion that it is about."""
    found: dict[str, tuple[Advice, ...]] = {}
    for opinion in opinions:
        for line in opinion.lines.all():
            criterion = rubric.by_code.get(line.criterion)
            option = criterion.option(line.option) if criterion and line.option else None
            advice = Advice(str(opinion.member.user), option, line.remark)
            found[line.criterion] = (*found.get(line.criterion, ()), advice)
    return found


def _opinions() -> QuerySet[Opinion]:
    return (
        Opinion.objects.select_related("member__user", "item__edition")
        .prefetch_related(Prefetch("lines", queryset=OpinionLine.objects.order_by("id")))
        .order_by("item_id", "member_id")
    )
