"""What the reporting's journal entries are called, and who is told of them."""

from collections.abc import Iterable

from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Entry
from ocop_portal.journal.notices import Notice
from registry.domain.clock import legal_day
from registry.domain.roles import Role
from registry.domain.text import term
from registry.models import Unit
from registry.selectors import country, holders

TITLES = {
    "reporting.register.uploaded": term("Sổ được tải lên"),
    "reporting.register.load_asked": term("Yêu cầu ghi sổ vào cổng"),
    "reporting.register.loaded": term("Sổ đã được ghi vào cổng"),
    "reporting.register.undo_asked": term("Yêu cầu gỡ sổ"),
    "reporting.bulk.confirmed": term("Việc hàng loạt được xác nhận"),
    "reporting.register.undone": term("Sổ đã được gỡ"),
    "reporting.request.opened": term("Mở yêu cầu báo cáo"),
    "reporting.report.asked": term("Trung ương yêu cầu báo cáo"),
    "reporting.report.written": term("Soạn báo cáo"),
    "reporting.report.sent": term("Gửi báo cáo về trung ương"),
    "reporting.report.received": term("Trung ương nhận báo cáo"),
    "reporting.report.returned": term("Trung ương trả lại báo cáo"),
    "reporting.report.cancelled": term("Không phải gửi báo cáo nữa"),
    "reporting.report.due_soon": term("Báo cáo sắp đến hạn"),
    "reporting.report.overdue": term("Báo cáo quá hạn gửi"),
    "reporting.plan.drafted": term("Soạn kế hoạch năm"),
    "reporting.plan.filled": term("Điền kế hoạch năm"),
    "reporting.plan.approved": term("Phê duyệt kế hoạch năm"),
    "reporting.plan.replaced": term("Kế hoạch năm được thay thế"),
    "reporting.spending.recorded": term("Ghi khoản chi"),
    "reporting.spending.struck": term("Gạch bỏ khoản chi"),
}
TO_PROVINCE = ("asked", "received", "returned", "cancelled", "due_soon", "overdue")


def register() -> None:
    """Called once, when the portal starts."""
    kinds.register_all(TITLES)
    for word in TO_PROVINCE:
        notices.register(Notice(f"reporting.report.{word}", _province, _report))
    notices.register(Notice("reporting.report.sent", _centre, _report))


def _province(entry: Entry) -> Iterable[User]:
    """The officers of the province that has to report."""
    unit = Unit.objects.get(pk=entry.facts["unit"])
    return holders(Role.PROVINCIAL_OFFICER, unit=unit, on=legal_day(entry.at))


def _centre(entry: Entry) -> Iterable[User]:
    return holders(Role.CENTRAL_OFFICER, unit=country(), on=legal_day(entry.at))


def _report(entry: Entry) -> str:
    return reverse("reporting:report-detail", args=[entry.subject_id])
