"""Pages where an administrator gives roles on units and takes them back."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.privacy.permissions import PEOPLE
from ocop_portal.web.navigation import tabs_for
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.forms import PostingForm, add_refusal, is_looking
from registry.models import Posting
from registry.permissions import may_give, may_give_roles, roles_to_give
from registry.selectors import administered_postings, people_of
from registry.services import invitations, postings
from registry.views.columns import POSTINGS
from registry.views.subjects import GET_OR_POST


@login_required
@require_safe
def posting_list(request: HttpRequest) -> HttpResponseBase:
    """Who serves the units over which the reader gives roles, and which of them may be ended."""
    user = signed_in(request)
    tabs = tabs_for(PEOPLE, user, request.path)
    return list_page(
        request,
        _administered(user),
        None,
        "registry/posting_list.html",
        columns=POSTINGS,
        tabs=tabs,
        given=_given(user),
    )


@login_required
@require_http_methods(GET_OR_POST)
def posting_create(request: HttpRequest) -> HttpResponse:
    """Gives a role on a unit: at once to a colleague of the area, else by an invitation."""
    user, at = signed_in(request), timezone.now()
    require(may_give_roles(user, on=legal_day(at)))
    query, roles = request.POST.get("unit_q", ""), roles_to_give(user, legal_day(at))
    if request.method != "POST" or is_looking(request.POST):
        asked = request.POST.dict() or {"email": request.GET.get("thu", "")}
        first = {"starts_on": legal_day(at), **asked}
        return _posting_form(request, PostingForm(initial=first, query=query, roles=roles))
    form = PostingForm(request.POST, query=query, roles=roles)
    if form.is_valid() and _is_given(form, user, legal_day(at)):
        try:
            return _give(request, form.cleaned_data, user, at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
    return _posting_form(request, form)


def _give(request: HttpRequest, facts: dict[str, Any], user: User, at: datetime) -> HttpResponse:
    """Who stands in the reader's list is a colleague; of anybody else the reader knows nothing."""
    what = {name: facts[name] for name in ("unit", "starts_on", "ends_on")}
    role, email = Role(facts["role"]), facts["email"]
    colleague = people_of(user, legal_day(at)).filter(email=email, is_active=True).first()
    if colleague is not None:
        postings.grant(colleague, role=role, by=user, at=at, **what)
        messages.success(request, _("Đã giao vai trò cho %(person)s.") % {"person": colleague})
        return redirect("registry:posting-list")
    invitations.invite_to_office(what.pop("unit"), email=email, role=role, by=user, at=at, **what)
    messages.success(request, _("Đã gửi lời mời tới %(email)s.") % {"email": email})
    return redirect("registry:office-invitation-list")


@login_required
@require_POST
def posting_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a role on a unit back, from today."""
    user = signed_in(request)
    posting = get_object_or_404(_administered(user), pk=pk)
    postings.end(posting, by=user, at=timezone.now())
    messages.success(request, _("Đã thôi giao vai trò."))
    return redirect("registry:posting-list")


def _administered(user: User) -> QuerySet[Posting]:
    on = legal_day(timezone.now())
    require(may_give_roles(user, on=on))
    return administered_postings(user, on)


def _given(user: User) -> list[str]:
    """The roles that the reader ends again; the list holds those of equals too."""
    return [role.value for role in roles_to_give(user, legal_day(timezone.now()))]


def _is_given(form: PostingForm, user: User, on: date) -> bool:
    """Says at the unit's field when the reader gives no such role there."""
    facts = form.cleaned_data
    verdict = may_give(user, Role(facts["role"]), facts["unit"], on=on)
    if not verdict:
        form.add_error("unit", _(verdict.reason))
    return bool(verdict)


def _posting_form(request: HttpRequest, form: PostingForm) -> HttpResponse:
    return render(request, "registry/posting_form.html", {"form": form})
