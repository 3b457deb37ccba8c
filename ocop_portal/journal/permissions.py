"""Who may look after the outbox."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext_noop as _

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import ALLOWED, Verdict, refused

Predicate = Callable[[User, date], bool]
_viewers: list[Predicate] = []
_managers: list[Predicate] = []


def register_outbox_viewer(predicate: Predicate) -> None:
    """Adds people who see every notice that goes out (upper apps know postings)."""
    if predicate not in _viewers:
        _viewers.append(predicate)


def register_outbox_manager(predicate: Predicate) -> None:
    """Adds people who may send again and mute."""
    if predicate not in _managers:
        _managers.append(predicate)


def may_see_outbox(user: User, *, on: date) -> Verdict:
    """Staff, and whom an upper app names; others see the notices of their own deeds only."""
    if user.is_staff or any(is_viewer(user, on) for is_viewer in (*_viewers, *_managers)):
        return ALLOWED
    return refused(_("Chỉ người quản trị xem được toàn bộ hộp thư đi."))


def may_manage_outbox(user: User, *, on: date) -> Verdict:
    """Staff, and whom an upper app names."""
    if user.is_staff or any(is_manager(user, on) for is_manager in _managers):
        return ALLOWED
    return refused(_("Chỉ người quản trị được gửi lại hoặc tắt thư."))
