"""Saved filters: kept from a list, looked after on a page of their own."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.refusals import refusal_text
from ocop_portal.web import exports
from ocop_portal.web.exports import Column
from ocop_portal.web.filters import LONGEST_NUMBER
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from reporting.list_sources import title_of
from reporting.models import SavedFilter
from reporting.selectors import saved_filters as selectors
from reporting.services import saved_filters

FILTERS = (
    Column(gettext_lazy("Danh sách"), lambda row: title_of(row.list_name)),
    Column(gettext_lazy("Tên bộ lọc"), lambda row: row.name),
    Column(gettext_lazy("Điều kiện"), lambda row: row.query),
    Column(gettext_lazy("Mặc định"), lambda row: _("có") if row.is_default else ""),
)


@login_required
@require_safe
def filter_list(request: HttpRequest) -> HttpResponseBase:
    """The reader's own filters, list by list."""
    user, on = signed_in(request), legal_day(timezone.now())
    rows = list(selectors.own(user))
    if file := exports.asked_file(request, rows, FILTERS):
        return file
    offices = selectors.offices_of(user, on)
    return render(request, "reporting/filter_list.html", {"rows": rows, "offices": offices})


@login_required
@require_POST
def filter_keep(request: HttpRequest) -> HttpResponse:
    """The filter of the page from which it comes, under a name."""
    user, at = signed_in(request), timezone.now()
    try:
        saved = saved_filters.keep(
            request.POST.get("list", ""),
            name=request.POST.get("name", ""),
            query=request.POST.get("query", ""),
            by=user,
            at=at,
        )
        if request.POST.get("default"):
            saved = saved_filters.set_default(saved, on=True, by=user)
    except RuleBroken as refusal:
        messages.warning(request, refusal_text(refusal))
        return redirect("reporting:filter-list")
    messages.success(request, _("Đã lưu bộ lọc “%(name)s”.") % {"name": saved.name})
    return redirect(saved.address)


@login_required
@require_POST
def filter_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Renamed, shared, made the default, each as its button says; any other does nothing."""
    user, at = signed_in(request), timezone.now()
    saved = get_object_or_404(selectors.own(user), pk=pk)
    name, office = request.POST.get("name", ""), request.POST.get("office", "")
    is_number = office.isascii() and office.isdecimal() and len(office) <= LONGEST_NUMBER
    posting_id = int(office) if is_number else None
    acts: dict[str, Callable[[], SavedFilter]] = {
        "rename": lambda: saved_filters.rename(saved, name=name, by=user),
        "default": lambda: saved_filters.set_default(saved, on=True, by=user),
        "no-default": lambda: saved_filters.set_default(saved, on=False, by=user),
        "share": lambda: saved_filters.share(saved, posting_id=posting_id, by=user, at=at),
    }
    act = acts.get(request.POST.get("act", ""))
    try:
        if act is not None:
            act()
            messages.success(request, _("Đã lưu."))
    except RuleBroken as refusal:
        messages.warning(request, refusal_text(refusal))
    return redirect("reporting:filter-list")


@login_required
@require_POST
def filter_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """The list stays; only its name for this filter goes."""
    user = signed_in(request)
    saved_filters.delete(get_object_or_404(selectors.own(user), pk=pk), by=user)
    messages.success(request, _("Đã xóa bộ lọc."))
    return redirect("reporting:filter-list")
