"""What the cycle puts on everybody's desk, into the menu and onto the page of a product."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cycle.domain.dossier import DossierState
from cycle.domain.steps import Step
from cycle.domain.support import SupportKind
from cycle.models import Dossier, Enrolment
from cycle.permissions import may_enrol
from cycle.selectors import (
    conversations_waiting_for,
    dossiers_waiting_for,
    enrolments_waiting_for,
    open_rounds,
    samples_waiting_for,
    sessions_to_mark,
    support_waiting_for,
    visible_enrolments,
)
from ocop_portal.accounts.models import User
from ocop_portal.web import desk, navigation
from ocop_portal.web.desk import Suggestion, Task
from ocop_portal.web.navigation import NavItem
from registry import panels
from registry.domain.clock import legal_day
from registry.models import Product
from registry.panels import Panel
from registry.selectors import standing_of

MOST = 50
# Before the intake the dossier itself is on the desk, with its samples beside it.
AFTER_INTAKE = (DossierState.ACCEPTED, DossierState.IN_COUNCIL)
STEP_LABELS = {
    Step.IDEA: _("Ý tưởng sản phẩm"),
    Step.PLAN: _("Phương án sản xuất kinh doanh"),
    Step.IMPLEMENTATION: _("Triển khai phương án"),
}
STATE_LABELS = {
    DossierState.DRAFT: _("Hồ sơ đang soạn"),
    DossierState.RETURNED: _("Hồ sơ cần sửa"),
    DossierState.AT_COMMUNE: _("Báo cáo của UBND cấp xã"),
    DossierState.LODGED: _("Hồ sơ chờ tiếp nhận"),
    DossierState.FORWARDED: _("Hồ sơ cấp dưới chuyển lên"),
}
TEXT_FOR_OFFICES = _("Xem các đợt, các lượt tham gia và hồ sơ trong địa bàn của bạn.")
TEXT_FOR_PRODUCERS = _("Xem đợt nào đang mở ở địa phương và tham gia với sản phẩm của bạn.")
STEP_PAGES = {
    Step.IDEA: "cycle:idea",
    Step.PLAN: "cycle:plan",
    Step.IMPLEMENTATION: "cycle:implementation",
}


def register() -> None:
    """Announces everything; called once when the app is ready."""
    desk.register(tasks_for)
    desk.register(samples_for)
    desk.register(sessions_for)
    desk.register(support_for)
    desk.register(messages_for)
    desk.register_adviser(suggestions_for)
    navigation.register(menu_for)
    panels.register("enrolments", panel_of, order=10)


def tasks_for(user: User, at: datetime) -> Iterable[Task]:
    """Enrolments and dossiers on which the person has to act."""
    on = legal_day(at)
    for row in enrolments_waiting_for(user, on)[:MOST]:
        step = Step(row.step)
        url = reverse(STEP_PAGES[step], args=[row.pk])
        due: date | None = getattr(row, "next_due", None)
        tone = "bad" if due and due < on else "neutral"
        yield Task(STEP_LABELS[step], row.product.name, url, _since(row), due, tone)
    for dossier in dossiers_waiting_for(user, on)[:MOST]:
        state = DossierState(dossier.state)
        title = f"{dossier.code} {dossier.enrolment.product.name}".strip()
        tone = "bad" if dossier.due_on and dossier.due_on < on else "neutral"
        yield Task(
            STATE_LABELS[state],
            title,
            dossier.get_absolute_url(),
            dossier.lodged_at or dossier.created_at,
            _due_on(dossier),
            tone,
        )


def samples_for(user: User, at: datetime) -> Iterable[Task]:
    """Dossiers that the person's office has taken in without all their samples."""
    on = legal_day(at)
    for dossier in samples_waiting_for(user, on).filter(state__in=AFTER_INTAKE)[:MOST]:
        tone = "bad" if dossier.due_on and dossier.due_on < on else "neutral"
        title = f"{dossier.code} {dossier.enrolment.product.name}".strip()
        url = reverse("cycle:sample-book", args=[dossier.pk])
        since = dossier.lodged_at or dossier.created_at
        yield Task(_("Chờ nhận đủ mẫu"), title, url, since, dossier.due_on, tone)


def sessions_for(user: User, at: datetime) -> Iterable[Task]:
    """Sessions of the person's offices that took place and wait for the roll call."""
    for session in sessions_to_mark(user, at)[:MOST]:
        url = reverse("cycle:session-attendance", args=[session.pk])
        yield Task(_("Lớp chờ điểm danh"), session.title, url, session.ends_at)


def support_for(user: User, at: datetime) -> Iterable[Task]:
    """Requests for support that the person's office has to answer."""
    on = legal_day(at)
    for asked in support_waiting_for(user, on)[:MOST]:
        tone = "bad" if asked.is_overdue(on) else "neutral"
        title = f"{_(SupportKind(asked.kind).label)}: {asked.enrolment.product.name}"
        url = asked.get_absolute_url()
        label = _("Đề nghị hỗ trợ chờ trả lời")
        yield Task(label, title, url, asked.sent_at, asked.due_on, tone)


def messages_for(user: User, at: datetime) -> Iterable[Task]:
    """Conversations in which the person's side has to answer."""
    on = legal_day(at)
    for talk in conversations_waiting_for(user, on)[:MOST]:
        tone = "bad" if talk.is_overdue(on) else "neutral"
        title, url = talk.enrolment.product.name, talk.get_absolute_url()
        yield Task(_("Tin chờ trả lời"), title, url, talk.last_at, talk.due_on, tone)


def _since(row: Enrolment) -> datetime:
    paper = getattr(row, row.step, None)
    return getattr(paper, "submitted_at", None) or row.opened_at


def _due_on(dossier: Dossier) -> date | None:
    if dossier.state == DossierState.DRAFT:
        return dossier.enrolment.round.closes_on
    return dossier.due_on


def suggestions_for(user: User, at: datetime) -> Iterable[Suggestion]:
    """While a round is open: take part with a product, or see who does in one's area."""
    on = legal_day(at)
    standing = standing_of(user, on)
    if desk.has_a_place(user, at) and not (standing.paths or standing.subject_ids):
        return
    if open_rounds(on).exists():
        yield Suggestion(
            title=_("Đang có đợt nhận sản phẩm"),
            text=TEXT_FOR_OFFICES if standing.paths else TEXT_FOR_PRODUCERS,
            url=reverse("cycle:index"),
            label=_("Xem chu trình OCOP"),
        )


def menu_for(_user: User) -> Iterable[NavItem]:
    yield NavItem(_("Chu trình OCOP"), "cycle:index", order=30)


def panel_of(product: Product, user: User, at: datetime) -> Panel | None:
    """The passages of a product, and the way into a round for who may take it."""
    on = legal_day(at)
    rows = list(visible_enrolments(user, on).filter(product=product))
    may = may_enrol(user, product, on=on)
    if not rows and not may:
        return None
    is_under_way = any(row.is_active and row.step != Step.PROMOTION for row in rows)
    context = {
        "enrolments": rows,
        "product": product,
        "may_enrol": may,
        "is_under_way": is_under_way,
    }
    return Panel(
        title=str(_("Chu trình OCOP")), template="cycle/_product_panel.html", context=context
    )
