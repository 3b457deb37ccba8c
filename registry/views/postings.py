"""Pages where an administrator gives roles on units and takes them back."""

from datetime import date

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
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.forms import PostingForm, add_refusal, is_looking
from registry.models import Posting
from registry.permissions import may_administer, may_grant_on_unit
from registry.selectors import administered_postings
from registry.services import postings
from registry.views.columns import POSTINGS
from registry.views.subjects import GET_OR_POST


@login_required
@require_safe
def posting_list(request: HttpRequest) -> HttpResponseBase:
    """Who serves the units that the reader administers."""
    user = signed_in(request)
    rows = _administered(user)
    return list_page(request, rows, None, "registry/posting_list.html", columns=POSTINGS)


@login_required
@require_http_methods(GET_OR_POST)
def posting_create(request: HttpRequest) -> HttpResponse:
    """Gives a person a role on a unit."""
    user, at = signed_in(request), timezone.now()
    require(may_administer(user, on=legal_day(at)))
    query = request.POST.get("unit_q", "")
    if request.method != "POST" or is_looking(request.POST):
        first = {"starts_on": legal_day(at), **request.POST.dict()}
        return _posting_form(request, PostingForm(initial=first, query=query))
    form = PostingForm(request.POST, query=query)
    if form.is_valid() and form.person is not None and _in_own_area(form, user, legal_day(at)):
        facts = form.cleaned_data
        try:
            postings.grant(
                form.person,
                role=Role(facts["role"]),
                unit=facts["unit"],
                starts_on=facts["starts_on"],
                ends_on=facts["ends_on"],
                by=user,
                at=at,
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, _("Đã giao vai trò cho %(person)s.") % {"person": form.person}
            )
            return redirect("registry:posting-list")
    return _posting_form(request, form)


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
    require(may_administer(user, on=on))
    return administered_postings(user, on)


def _in_own_area(form: PostingForm, user: User, on: date) -> bool:
    """Says at the unit's field when the reader does not administer it."""
    verdict = may_grant_on_unit(user, form.cleaned_data["unit"], on=on)
    if not verdict:
        form.add_error("unit", _(verdict.reason))
    return bool(verdict)


def _posting_form(request: HttpRequest, form: PostingForm) -> HttpResponse:
    return render(request, "registry/posting_form.html", {"form": form})
