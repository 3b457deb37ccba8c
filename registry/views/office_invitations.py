"""Invitations to serve an office: what waits for an answer, sent again, withdrawn."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.privacy.permissions import PEOPLE
from ocop_portal.web.navigation import tabs_for
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.roles import Role
from registry.models import Invitation
from registry.permissions import may_give_roles
from registry.selectors import office_invitations
from registry.services import invitations
from registry.views.columns import OFFICE_INVITATIONS


@login_required
@require_safe
def office_invitation_list(request: HttpRequest) -> HttpResponseBase:
    """Who was asked and has not answered, in the area where the reader gives roles."""
    user, at = signed_in(request), timezone.now()
    require(may_give_roles(user, on=legal_day(at)))
    return list_page(
        request,
        office_invitations(user, at),
        None,
        "registry/office_invitation_list.html",
        columns=OFFICE_INVITATIONS,
        tabs=tabs_for(PEOPLE, user, request.path),
        now=at,
    )


@login_required
@require_POST
def office_invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The mailed link opens nothing any more."""
    row = _waiting(request, pk)
    invitations.withdraw(row, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã rút lời mời."))
    return redirect("registry:office-invitation-list")


@login_required
@require_POST
def office_invitation_send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A new invitation with a new mail and a new term takes the place of this one."""
    row = _waiting(request, pk)
    if row.unit is None:
        raise ValueError(f"invitation {row.pk} is to no office")
    invitations.invite_to_office(
        row.unit,
        email=row.email,
        role=Role(row.role),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        by=signed_in(request),
        at=timezone.now(),
    )
    messages.success(request, _("Đã gửi lại lời mời."))
    return redirect("registry:office-invitation-list")


def _waiting(request: HttpRequest, pk: int) -> Invitation:
    user, at = signed_in(request), timezone.now()
    return get_object_or_404(office_invitations(user, at), pk=pk)
