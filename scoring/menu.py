"""What scoring offers in the menu, and what waits on a person's desk."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop_portal.accounts.models import User
from ocop_portal.web import desk, navigation
from ocop_portal.web.desk import Suggestion, Task
from ocop_portal.web.navigation import NavItem
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.domain.roles import OFFICER_ROLES, Role
from registry.models import Unit
from registry.selectors import standing_of, units
from registry.selectors.people import postings_of
from scoring.models import AgendaItem
from scoring.permissions import OFFICER_OF, may_change_rubrics
from scoring.selectors.complaints import waiting_at
from scoring.selectors.councils import seats_of
from scoring.selectors.decisions import drafts_to_sign
from scoring.selectors.inspections import waiting_for
from scoring.selectors.ratings import awaiting_choice, awaiting_decision
from scoring.selectors.sessions import undeclared_items
from scoring.selectors.sheets import items_to_conclude, sheets_due

SHOWN = 20
AFTERCARE = "aftercare"


def register() -> None:
    """Called once, when the portal starts."""
    navigation.register(entries)
    navigation.register_tabs(AFTERCARE, after_recognition)
    desk.register(tasks)
    desk.register_adviser(next_steps)
    desk.register_place(has_a_seat)


def after_recognition(_user: Any) -> Iterator[NavItem]:
    """Everybody with a subject or an office has these two; apps above add theirs."""
    yield NavItem(
        pgettext_lazy("danh sách", "Giấy chứng nhận"), url_name="scoring:certificate-list", order=10
    )
    yield NavItem(_("Kiểm tra sau công nhận"), url_name="scoring:inspection-list", order=20)


def entries(user: Any) -> Iterator[NavItem]:
    """Councils for members and officers, decisions for offices, certificates for both sides."""
    on = legal_day(timezone.now())
    standing = standing_of(user, on)
    if standing.paths or seats_of(user, on).exists():
        yield NavItem(
            pgettext_lazy("danh sách", "Hội đồng"), url_name="scoring:council-list", order=50
        )
    if standing.paths:
        yield NavItem(
            pgettext_lazy("danh sách", "Quyết định"), url_name="scoring:decision-list", order=55
        )
    if standing.is_nationwide and may_change_rubrics(user, on=on):
        yield NavItem(_("Bộ tiêu chí"), url_name="scoring:edition-list", order=58)
    if standing.paths or standing.subject_ids:
        yield NavItem(_("Khiếu nại"), url_name="scoring:complaint-list", order=57)
    if standing.paths or standing.subject_ids:
        yield NavItem(
            pgettext_lazy("danh sách", "Giấy chứng nhận"),
            url_name="scoring:certificate-list",
            order=60,
        )


def has_a_seat(user: Any, at: datetime) -> bool:
    """A seat in a council, also without any posting."""
    return seats_of(user, legal_day(at)).exists()


def next_steps(user: Any, at: datetime) -> Iterator[Suggestion]:
    """A member with nothing to do finds the council's sessions."""
    if has_a_seat(user, at):
        yield Suggestion(
            title=_("Hội đồng của bạn"),
            text=_("Xem quy chế, các phiên họp và kết quả của hội đồng bạn tham gia."),
            url=reverse("scoring:council-list"),
            label=_("Xem hội đồng"),
        )


def tasks(user: Any, at: datetime) -> Iterator[Task]:
    """What a member, a chair, an officer and an authority have to do."""
    if not isinstance(user, User):
        return
    on = legal_day(at)
    if seats_of(user, on).exists():
        yield from _council_tasks(user, on)
    yield from _office_tasks(user, on)
    yield from _inspection_tasks(user, on)
    for decision in drafts_to_sign(user, on)[:SHOWN]:
        yield Task(
            label=_("Dự thảo chờ ký"),
            title=decision.title,
            url=decision.get_absolute_url(),
            waiting_since=decision.presented_at,
        )


def _council_tasks(user: User, on: date) -> Iterator[Task]:
    for item in undeclared_items(user, on)[:SHOWN]:
        yield _item_task(_("Khai xung đột lợi ích"), item)
    for item in sheets_due(user, on)[:SHOWN]:
        yield _item_task(_("Phiếu chấm của bạn"), item, due_on=item.session.due_on)
    for item in items_to_conclude(user, on)[:SHOWN]:
        yield _item_task(_("Chờ bạn kết luận"), item)


def _item_task(label: Any, item: AgendaItem, *, due_on: date | None = None) -> Task:
    """Due on the day of the meeting, where nothing else is said."""
    return Task(
        label=label,
        title=item.dossier.enrolment.product.name,
        url=item.get_absolute_url(),
        waiting_since=item.session.called_at,
        due_on=due_on or legal_day(item.session.starts_at),
    )


def _office_tasks(user: User, on: date) -> Iterator[Task]:
    for unit in _own_units(user, on):
        level = Level(unit.level)
        waiting = awaiting_decision(unit, level).count()
        if waiting:
            yield Task(
                label=_("Kết quả chờ lập quyết định"),
                title=_("%(count)s sản phẩm của %(unit)s") % {"count": waiting, "unit": unit.name},
                url=reverse("scoring:decision-create", args=[unit.pk]),
            )
        for complaint in waiting_at(unit, level)[:SHOWN]:
            yield Task(
                label=_("Khiếu nại chờ trả lời"),
                title=complaint.rating.dossier.enrolment.product.name,
                url=complaint.get_absolute_url(),
                waiting_since=complaint.lodged_at,
                due_on=complaint.due_on,
            )
        for rating in awaiting_choice(unit, level)[:SHOWN]:
            yield Task(
                label=_("Chọn cách xử lý kết quả của cấp trên"),
                title=rating.dossier.enrolment.product.name,
                url=rating.get_absolute_url(),
                waiting_since=rating.concluded_at,
            )


def _inspection_tasks(user: User, on: date) -> Iterator[Task]:
    """Visits that the offices of the person still have to make."""
    offices = [unit.pk for unit in _own_units(user, on)]
    for visit in waiting_for(user, on).filter(unit__in=offices)[:SHOWN] if offices else ():
        yield Task(
            label=_("Kiểm tra sau công nhận"),
            title=visit.certificate.product_name,
            url=visit.get_absolute_url(),
            waiting_since=visit.ordered_at,
            due_on=visit.due_on,
        )


def _own_units(user: User, on: date) -> list[Unit]:
    """The units in whose office the person works, of levels that have councils."""
    roles = [role for role in OFFICER_ROLES if role is not Role.COMMUNE_OFFICER]
    held = postings_of(user, on).filter(role__in=roles).order_by().values("unit")
    levels = [level.value for level in OFFICER_OF]
    return list(units().filter(pk__in=held, level__in=levels)[:SHOWN])
