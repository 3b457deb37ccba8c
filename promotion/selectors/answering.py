"""What somebody must still answer: parts of enquiries, reports of misuse."""

from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from promotion.domain.answering import AnswerState
from promotion.models.answering import Awaiting

Row = TypeVar("Row", bound=Awaiting)


def unanswered(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.exclude(state=AnswerState.ANSWERED)


def overdue(rows: QuerySet[Row], on: date) -> QuerySet[Row]:
    """Those whose last day to be answered has passed."""
    return unanswered(rows).filter(due_on__lt=on)
