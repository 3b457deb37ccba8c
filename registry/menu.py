"""What the register offers in the menu and on an empty desk."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop_portal.privacy.permissions import PEOPLE
from ocop_portal.web import desk, navigation
from ocop_portal.web.desk import Suggestion
from ocop_portal.web.navigation import NavItem
from registry.domain.clock import legal_day
from registry.permissions import may_administer, may_give_roles
from registry.selectors import standing_of


def register() -> None:
    """Called once, when the portal starts."""
    navigation.register(entries)
    navigation.register_tabs(PEOPLE, people_tabs)
    desk.register_adviser(next_steps)
    desk.register_place(has_a_posting)


def entries(user: Any) -> Iterator[NavItem]:
    """Own files for producers, the area's lists for officers, postings for administrators."""
    on = legal_day(timezone.now())
    standing = standing_of(user, on)
    if standing.subject_ids:
        yield NavItem(_("Hồ sơ của tôi"), url_name="registry:desk", order=20)
    if standing.paths:
        yield NavItem(
            pgettext_lazy("danh sách", "Chủ thể"), url_name="registry:subject-list", order=30
        )
        yield NavItem(
            pgettext_lazy("danh sách", "Sản phẩm"), url_name="registry:product-list", order=31
        )
        yield NavItem(
            pgettext_lazy("danh sách", "Làng nghề"),
            url_name="registry:craft-village-list",
            order=32,
        )
    if (standing.paths or user.is_superuser) and may_administer(user, on=on):
        yield NavItem(
            pgettext_lazy("danh sách", "Vai trò"), url_name="registry:posting-list", order=90
        )


def people_tabs(user: Any) -> Iterator[NavItem]:
    """The people of the area for every office; roles and invitations for who gives roles."""
    on = legal_day(timezone.now())
    yield NavItem(_("Người trên địa bàn"), url_name="registry:person-list", order=20)
    if may_give_roles(user, on=on):
        yield NavItem(
            pgettext_lazy("danh sách", "Vai trò"), url_name="registry:posting-list", order=10
        )
        yield NavItem(_("Lời mời"), url_name="registry:office-invitation-list", order=30)
        yield NavItem(_("Yêu cầu về dữ liệu"), url_name="privacy:request-list", order=40)


def has_a_posting(user: Any, at: datetime) -> bool:
    """An office or a subject."""
    standing = standing_of(user, legal_day(at))
    return bool(standing.paths or standing.subject_ids)


def next_steps(user: Any, at: datetime) -> Iterator[Suggestion]:
    """Somebody without any work here most likely comes to register a product."""
    if desk.has_a_place(user, at):
        return
    yield Suggestion(
        title=_("Bắt đầu từ chủ thể"),
        text=_("Đăng ký chủ thể, thêm sản phẩm, rồi gửi ý tưởng sản phẩm đầu tiên."),
        url=reverse("registry:subject-create"),
        label=_("Đăng ký chủ thể"),
    )
