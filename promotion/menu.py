"""What step six puts on a producer's desk; the public face has a menu of its own."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cycle.selectors import promised_day
from ocop_portal.accounts.models import User
from ocop_portal.web import desk, navigation
from ocop_portal.web.navigation import NavItem
from promotion.permissions import may_call_events, may_keep_points, may_read_reports
from promotion.selectors import answering, enquiries, events, points, reports, tasks
from promotion.selectors.marks import mark_keepers
from registry.domain.clock import legal_day
from registry.domain.text import term
from scoring.menu import AFTERCARE

NO_STORY = term("Sản phẩm chưa có câu chuyện")
REPORT = term("Phản ánh chờ trả lời")
SHOWN = 20
PROMISE = "point_proposal"
PROPOSED = term("Đề nghị bán tại điểm bán")
EVENT_OPEN = term("Sự kiện đang nhận đăng ký")
EVENT_TO_ANSWER = term("Chọn sản phẩm dự sự kiện")
EVENT_TO_CONCLUDE = term("Tổng kết sự kiện")
OUTCOME_TO_TELL = term("Ghi kết quả sự kiện")
ENQUIRY = term("Câu hỏi mua chờ trả lời")
NO_PLACE = term("Sản phẩm chưa có nơi bán")


def register() -> None:
    """Called once, when the portal starts."""
    desk.register(what_waits)
    navigation.register_tabs(AFTERCARE, office_pages)


def office_pages(user: User) -> Iterable[NavItem]:
    """Beside the certificates: what citizens report, and the marks of the person's offices."""
    on = legal_day(timezone.now())
    if not may_read_reports(user, on=on):
        return
    yield NavItem(_("Phản ánh về nhãn hiệu"), url_name="promotion:report-list", order=30)
    for unit in mark_keepers(user, on):
        url = reverse("promotion:mark-list", args=[unit.pk])
        yield NavItem(format_lazy("{} – {}", _("Mẫu nhãn hiệu"), unit.name), url=url, order=40)


def what_waits(user: User, at: datetime) -> Iterable[desk.Task]:
    """Step six: a recognised product wants its story and a place where it can be bought."""
    for lack in tasks.lacks_of(user, at):
        label = NO_STORY if lack.is_story else NO_PLACE
        url = reverse("promotion:desk", args=[lack.product_id])
        yield desk.Task(label=label, title=lack.name, url=url)
    on = legal_day(at)
    yield from _proposals(user, on)
    yield from _enquiries(user, on)
    yield from _producers_events(user, on)
    yield from _offices_events(user, on)
    if may_read_reports(user, on=on):
        waiting = answering.unanswered(reports.visible_reports(user, on))
        for report in waiting.filter(Q(owner=user) | Q(owner=None))[:SHOWN]:
            yield desk.Task(
                label=REPORT,
                title=report.product_name or report.shown_code,
                url=report.get_absolute_url(),
                waiting_since=report.received_at,
                due_on=report.due_on,
            )


def _proposals(user: User, on: date) -> Iterable[desk.Task]:
    """Products that producers say are sold at a registered place of the area."""
    if not may_keep_points(user, on=on):
        return
    for sold in points.awaited_offers(user, on)[:SHOWN]:
        yield desk.Task(
            label=PROPOSED,
            title=f"{sold.product.name} – {sold.point.name}",
            url=reverse("promotion:kept-point", args=[sold.point_id]),
            due_on=promised_day(PROMISE, sold.since_on),
        )


def _producers_events(user: User, on: date) -> Iterable[desk.Task]:
    """Events to apply to by a day, and figures to tell of those that are over."""
    for event in events.open_to(user, on)[:SHOWN]:
        url = reverse("promotion:event-apply", args=[event.pk])
        yield desk.Task(label=EVENT_OPEN, title=event.name, url=url, due_on=event.apply_by)
    for entry in events.outcomes_to_tell(user, on)[:SHOWN]:
        yield desk.Task(
            label=OUTCOME_TO_TELL,
            title=f"{entry.event.name} – {entry.product.name}",
            url=reverse("promotion:entry-outcome", args=[entry.pk]),
        )


def _offices_events(user: User, on: date) -> Iterable[desk.Task]:
    """Applications to answer before the opening, and events to conclude."""
    if not may_call_events(user, on=on):
        return
    for event in events.to_answer(user, on)[:SHOWN]:
        url = reverse("promotion:kept-event", args=[event.pk])
        yield desk.Task(label=EVENT_TO_ANSWER, title=event.name, url=url, due_on=event.starts_on)
    for event in events.to_conclude(user, on)[:SHOWN]:
        url = reverse("promotion:kept-event", args=[event.pk])
        yield desk.Task(label=EVENT_TO_CONCLUDE, title=event.name, url=url)


def _enquiries(user: User, on: date) -> Iterable[desk.Task]:
    """What buyers ask the person's subjects."""
    for part in answering.unanswered(enquiries.visible_parts(user, on))[:SHOWN]:
        yield desk.Task(
            label=ENQUIRY,
            title=", ".join(line.product.name for line in part.lines.all()),
            url=part.get_absolute_url(),
            waiting_since=part.enquiry.sent_at,
            due_on=part.due_on,
        )
