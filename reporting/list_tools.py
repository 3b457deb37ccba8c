"""What the reporting puts above the lists of the desk, and on the desk itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from ocop_portal.accounts.models import User
from ocop_portal.web import desk, list_tools
from ocop_portal.web.desk import Shortcut
from ocop_portal.web.list_tools import GO_TO, ShownList
from registry.domain.clock import legal_day
from registry.domain.roles import Role
from registry.selectors import roles_of
from reporting.list_sources import MOST_COUNTED, count_of
from reporting.selectors import saved_filters
from reporting.services import bulk_actions
from reporting.services.saved_filters import NOT_FILTERS, cleaned

PICKED = "chon"  # the word with which a page without a script chooses all its rows
CAME_BY = "loc"  # by which saved filter the reader came; 0: by none, not even the default
LISTS = frozenset(action.list_name for action in bulk_actions.ALL)
MOST_SHORTCUTS = 5


def register() -> None:
    """Called once, when the portal starts."""
    list_tools.register(bulk_tool)
    list_tools.register(filter_tool)
    desk.register_shortcuts(shortcuts_for)


def bulk_tool(request: HttpRequest, shown: ShownList) -> Mapping[str, Any]:
    """What the reader may do to many rows of this list; nothing where there is none."""
    if shown.name not in LISTS or not isinstance(request.user, User):
        return {}
    roles = roles_of(request.user, legal_day(timezone.now()))
    if request.user.is_superuser:
        roles |= {Role.ADMINISTRATOR}
    actions = bulk_actions.of_list(shown.name, roles)
    if not actions:
        return {}
    return {"bulk": {"actions": actions, "all": request.GET.get(PICKED) == "trang"}}


def filter_tool(request: HttpRequest, shown: ShownList) -> Mapping[str, Any]:
    """The filters that the reader keeps or is lent for this list.

    Opened without a word, the list goes to the reader's own default. A filter whose words the list
    no longer knows says so.
    """
    if shown.filters is None or shown.has_arguments or not isinstance(request.user, User):
        return {}
    user, on = request.user, legal_day(timezone.now())
    rows = list(saved_filters.usable(user, on).filter(list_name=shown.name))
    default = next((row for row in rows if row.is_default and row.owner_id == user.pk), None)
    if default is not None and not request.GET:
        return {GO_TO: default.address}
    by = request.GET.get(CAME_BY, "")
    came_by = next((row for row in rows if str(row.pk) == by), None)
    return {
        "saved": {
            "list": shown.name,
            "rows": rows[: saved_filters.MOST_SHOWN],
            "query": cleaned(request.GET.urlencode()),
            "came_by": came_by,
            "unknown": _unknown(request, shown) if came_by else [],
            "me": user.pk,
        }
    }


def _unknown(request: HttpRequest, shown: ShownList) -> list[str]:
    """Words of the address that are no filter of the list, and filters with a value gone."""
    if shown.filters is None:
        return []
    known = {*shown.filters.base_filters, *NOT_FILTERS}
    gone = [word for word in request.GET if word not in known]
    return [*gone, *(word for word in shown.filters.form.errors if word not in gone)]


def shortcuts_for(user: Any, at: datetime) -> Iterable[Shortcut]:
    """The first of the person's own filters, each with how many rows it leaves."""
    if not isinstance(user, User):
        return
    on = legal_day(at)
    for saved in saved_filters.own(user).order_by("-is_default", "name", "id")[:MOST_SHORTCUTS]:
        count = count_of(saved, user, on)
        is_more = count is not None and count > MOST_COUNTED
        yield Shortcut(saved.name, saved.address, MOST_COUNTED if is_more else count, is_more)
