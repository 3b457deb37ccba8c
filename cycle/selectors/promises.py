"""Answers that an office promised and has not given: ideas, plans, requests, questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cycle.domain.appraisal import AppraisalState
from cycle.domain.messages import Side
from cycle.domain.support import SupportState
from cycle.models import BusinessPlan, Conversation, Enrolment, Idea, SupportRequest
from cycle.selectors.messages import office_level
from registry.domain.regime import Level
from registry.domain.text import term
from registry.selectors import regime

Waiting = Idea | BusinessPlan | SupportRequest | Conversation
WHAT = {
    Idea: term("Ý tưởng sản phẩm"),
    BusinessPlan: term("Phương án sản xuất kinh doanh"),
    SupportRequest: term("Đề nghị hỗ trợ"),
    Conversation: term("Tin trao đổi"),
}


@dataclass(frozen=True)
class LateAnswer:
    """What waits, since which day it is late, and the office whose answer it is."""

    thing: Waiting
    what: str
    enrolment: Enrolment
    due_on: date
    level: Level


def late_answers(on: date) -> Iterator[LateAnswer]:
    """Everything that waits for an office beyond its day, sort by sort, the oldest first."""
    for thing in _late(on):
        enrolment = thing.enrolment
        if thing.due_on is None:
            continue
        yield LateAnswer(thing, WHAT[type(thing)], enrolment, thing.due_on, _level(thing))


def _late(on: date) -> Iterator[Waiting]:
    row = "enrolment__product__subject", "enrolment__round", "enrolment__commune__parent__parent"
    under_way = {"enrolment__ended_at__isnull": True, "due_on__lt": on}
    for paper in (Idea, BusinessPlan):
        rows = paper._default_manager.filter(state=AppraisalState.SUBMITTED, **under_way)
        yield from rows.select_related(*row).order_by("due_on", "id")
    asked = SupportRequest.objects.filter(state=SupportState.SENT, **under_way)
    yield from asked.select_related(*row).order_by("due_on", "id")
    talks = Conversation.objects.filter(awaits=Side.OFFICE, due_on__lt=on)
    yield from talks.select_related(*row).order_by("due_on", "id")


def _level(thing: Waiting) -> Level:
    if isinstance(thing, Conversation):
        return Level(thing.level) if thing.level else office_level(thing.enrolment)
    return regime(thing.enrolment.regime).idea_level
