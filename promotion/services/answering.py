"""The way of what waits for an answer: taken, handed over, answered, told of once when late.

The only place that sets the state of an enquiry's part or of a report; their own services ask who
may, lock the row and write the journal.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TypeVar

from django.db.models import QuerySet

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import Verdict, require
from ocop_portal.journal.models import Entry
from promotion.domain.answering import ANSWERING, AnswerMove
from promotion.models.answering import Awaiting
from promotion.selectors.answering import overdue
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.permissions import may_close_account

Row = TypeVar("Row", bound=Awaiting)


def take(row: Awaiting, *, by: User) -> bool:
    """The person looks after it from now on; False, and no change, where that is so already."""
    if row.owner_id == by.pk:
        return False
    row.state = ANSWERING.decide(row.status, AnswerMove.TAKE)
    row.owner = by
    row.save(update_fields=["state", "owner"])
    return True


def hand_over(row: Awaiting, *, to: User, may_answer: Verdict, by: User, on: date) -> None:
    """A colleague goes on with what somebody took who leaves.

    Given by who looks after that person's account; refused to somebody who may not answer it.
    """
    if row.owner is None:
        raise RuleBroken("answering.not_taken", term("Chưa có ai nhận việc này."))
    require(may_close_account(by, row.owner, on=on))
    if not may_answer:
        raise RuleBroken(
            "answering.colleague", term("Người này không được trả lời việc đó."), field="to"
        )
    row.owner = to
    row.save(update_fields=["owner"])


def answer(row: Awaiting, text: str, *, by: User, at: datetime) -> None:
    """The answer, given once; refused where it says nothing."""
    facts = frozenset({"answer"}) if text.strip() else frozenset()
    row.state = ANSWERING.decide(row.status, AnswerMove.ANSWER, facts)
    row.answer, row.answered_at = nfc(text).strip(), at
    row.owner = row.owner or by
    row.save(update_fields=["state", "answer", "answered_at", "owner"])


def newly_overdue(rows: QuerySet[Row], kind: str, *, on: date) -> Iterator[Row]:
    """Those whose day has passed unanswered and of which the journal does not tell `kind` yet."""
    for row in overdue(rows, on):
        about = Entry.objects.filter(
            kind=kind, subject_type=row._meta.label_lower, subject_id=row.pk
        )
        if not about.exists():
            yield row
