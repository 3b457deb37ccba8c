"""Step four: what is to be done by when, and that it was done."""

from datetime import date, datetime

from django.db import transaction

from cycle.domain.steps import Step
from cycle.models import Enrolment, Milestone
from cycle.permissions import may_write
from cycle.services.history import about, locked_enrolment, require_active
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term

WHEN_OPEN = frozenset({Step.PLAN, Step.IMPLEMENTATION})


@transaction.atomic
def add(
    enrolment: Enrolment,
    *,
    title: str,
    due_on: date,
    by: User,
    at: datetime,
    cost: int | None = None,
) -> Milestone:
    """A thing to be done by a day; only while the plan is made or carried out."""
    current = _writable(enrolment, by=by, at=at)
    title = nfc(title).strip()
    if not title:
        raise RuleBroken("milestone.title", term("Hãy ghi việc cần làm."), field="title")
    # The same line twice is one double click.
    milestone, is_new = Milestone.objects.get_or_create(
        enrolment=current, title=title, due_on=due_on, defaults={"cost": cost}
    )
    if is_new:
        _tell("cycle.milestone.added", milestone, by=by, at=at)
    return milestone


@transaction.atomic
def complete(
    milestone: Milestone,
    *,
    completed_on: date,
    by: User,
    at: datetime,
    note: str = "",
    cost: int | None = None,
) -> Milestone:
    """The thing is done, with what came of it; a day to come is refused. Twice: no change."""
    _writable(milestone.enrolment, by=by, at=at)
    current = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    if current.completed_on is not None:
        return current
    if completed_on > legal_day(at):
        raise RuleBroken(
            "milestone.future", term("Ngày hoàn thành chưa tới."), field="completed_on"
        )
    current.completed_on = completed_on
    current.note = nfc(note).strip()
    current.cost = cost if cost is not None else current.cost
    current.save(update_fields=["completed_on", "note", "cost"])
    _tell("cycle.milestone.completed", current, by=by, at=at)
    return current


@transaction.atomic
def drop(milestone: Milestone, *, by: User, at: datetime) -> None:
    """Takes an open milestone off the list; what was done stays."""
    _writable(milestone.enrolment, by=by, at=at)
    current = Milestone.objects.select_for_update(of=("self",)).filter(pk=milestone.pk).first()
    if current is None:
        return
    if current.completed_on is not None:
        raise RuleBroken("milestone.done", term("Mốc đã hoàn thành thì không bỏ được."))
    _tell("cycle.milestone.dropped", current, by=by, at=at)
    current.delete()


def _writable(enrolment: Enrolment, *, by: User, at: datetime) -> Enrolment:
    require(may_write(by, enrolment, on=legal_day(at)))
    current = locked_enrolment(enrolment)
    require_active(current)
    if current.step not in WHEN_OPEN:
        raise RuleBroken(
            "milestone.step",
            term("Mốc thực hiện chỉ ghi được ở bước lập phương án và triển khai."),
        )
    return current


def _tell(kind: str, milestone: Milestone, *, by: User, at: datetime) -> None:
    journal.record(
        kind,
        subject=milestone,
        actor=by,
        at=at,
        facts={**about(milestone.enrolment), "milestone": milestone.title},
    )
