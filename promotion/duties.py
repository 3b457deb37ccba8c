"""What waits on one person by name in the promotion: reports and enquiries that somebody took."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop_portal.accounts.models import User
from promotion.domain.answering import AnswerState
from promotion.models import EnquiryPart, MisuseReport
from promotion.services import enquiries, reports
from registry import duties
from registry.duties import Duty


def register() -> None:
    """Called once, when the portal starts."""
    duties.register("promotion.reports", reports_of, hand_over=hand_report_over)
    duties.register("promotion.enquiries", enquiries_of, hand_over=hand_enquiry_over)


def reports_of(person: User, _at: datetime) -> Iterator[Duty]:
    """Reports of misuse that the person took and has not answered."""
    rows = MisuseReport.objects.filter(owner=person, state=AnswerState.TAKEN)
    for row in rows.order_by("due_on", "pk"):
        yield Duty(
            key=row.pk,
            label=gettext_lazy("Phản ánh đang xử lý"),
            title=_("số %(number)s") % {"number": row.pk},
            due_on=row.due_on,
        )


def enquiries_of(person: User, _at: datetime) -> Iterator[Duty]:
    """Buyers' questions that the person took and has not answered."""
    rows = EnquiryPart.objects.filter(owner=person, state=AnswerState.TAKEN)
    for row in rows.order_by("due_on", "pk"):
        yield Duty(
            key=row.pk,
            label=gettext_lazy("Câu hỏi mua hàng đang trả lời"),
            title=_("số %(number)s") % {"number": row.pk},
            due_on=row.due_on,
        )


def hand_report_over(key: int, *, to: User, by: User, at: datetime) -> object:
    """Gives a report to a colleague of the office."""
    return reports.hand_over(MisuseReport.objects.get(pk=key), to=to, by=by, at=at)


def hand_enquiry_over(key: int, *, to: User, by: User, at: datetime) -> object:
    """Gives a buyer's question to a colleague of the producer."""
    return enquiries.hand_over(EnquiryPart.objects.get(pk=key), to=to, by=by, at=at)
