"""What the programme room puts on the desk: reports that a province owes or the centre receives."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop_portal.accounts.models import User
from ocop_portal.web import desk
from ocop_portal.web.desk import Task
from registry.domain.clock import legal_day
from reporting.domain.report_states import ReportState
from reporting.models import ProvinceReport
from reporting.selectors import programme

MOST = 50
LABELS = {
    ReportState.ASKED: gettext_lazy("Báo cáo phải gửi trung ương"),
    ReportState.RETURNED: gettext_lazy("Báo cáo bị trả lại, phải gửi lại"),
    ReportState.SENT: gettext_lazy("Báo cáo của tỉnh chờ nhận"),
}


def register() -> None:
    """Called once, when the portal starts."""
    desk.register(reports_for)


def reports_for(user: User, at: datetime) -> Iterable[Task]:
    """Reports on which the person has to act: the province writes, the centre receives.

    The day by which a province had to send is not a day for the centre: there it stands in the
    title, so that a report that came in time is not called late.
    """
    on = legal_day(at)
    reach = programme.reach_of(user, on)
    for report in programme.waiting_for(reach)[:MOST]:
        url = report.get_absolute_url()
        if report.status is ReportState.SENT:
            yield Task(LABELS[report.status], _to_receive(report), url, report.sent_at)
            continue
        due_on = report.request.due_on
        tone = "bad" if due_on < on else "neutral"
        since = report.answered_at or report.request.opened_at
        title = f"{report.request.title} · {report.unit.name}"
        yield Task(LABELS[report.status], title, url, since, due_on, tone)


def _to_receive(report: ProvinceReport) -> str:
    return _("%(place)s: %(title)s (hạn gửi %(day)s)") % {
        "place": report.unit.name,
        "title": report.request.title,
        "day": f"{report.request.due_on:%d/%m/%Y}",
    }
