"""What the reporting puts above the lists of the desk: acts on many rows."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from ocop_portal.accounts.models import User
from ocop_portal.web import list_tools
from ocop_portal.web.list_tools import ShownList
from registry.domain.clock import legal_day
from registry.domain.roles import Role
from registry.selectors import roles_of
from reporting.services import bulk_actions

PICKED = "chon"  # the word with which a page without a script chooses all its rows
LISTS = frozenset(action.list_name for action in bulk_actions.ALL)


def register() -> None:
    """Called once, when the portal starts."""
    list_tools.register(bulk_tool)


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
