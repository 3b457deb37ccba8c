"""What step six puts on a producer's desk; the public face has a menu of its own."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from cycle.selectors import promised_day
from ocop_portal.accounts.models import User
from ocop_portal.web import desk
from promotion.permissions import may_keep_points, may_read_reports
from promotion.selectors import points, reports, tasks
from registry.domain.clock import legal_day
from registry.domain.text import term

NO_STORY = term("Sản phẩm chưa có câu chuyện")
REPORT = term("Phản ánh chờ trả lời")
SHOWN = 20
PROMISE = "point_proposal"
PROPOSED = term("Đề nghị bán tại điểm bán")
NO_PLACE = term("Sản phẩm chưa có nơi bán")


def register() -> None:
    """Called once, when the portal starts."""
    desk.register(what_waits)


def what_waits(user: User, at: datetime) -> Iterable[desk.Task]:
    """Step six: a recognised product wants its story and a place where it can be bought."""
    for lack in tasks.lacks_of(user, at):
        label = NO_STORY if lack.is_story else NO_PLACE
        url = reverse("promotion:desk", args=[lack.product_id])
        yield desk.Task(label=label, title=lack.name, url=url)
    on = legal_day(at)
    yield from _proposals(user, on)
    if may_read_reports(user, on=on):
        for report in reports.unanswered(user, on).filter(Q(owner=user) | Q(owner=None))[:SHOWN]:
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
