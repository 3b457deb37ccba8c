"""Events for everybody, and the way in for producers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.refusals import refusal_text
from ocop_portal.web.templatetags.portal import vn_date, vnd
from ocop_portal.web.views import list_page
from promotion.domain.events import EventState
from promotion.filters import EventFilter
from promotion.forms import ApplicationForm, OutcomeForm
from promotion.models import Event, EventEntry
from promotion.selectors import events as found
from promotion.services import entries
from promotion.views.columns import PUBLIC_EVENTS
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken


@require_safe
def event_list(request: HttpRequest) -> HttpResponseBase:
    """What is to come and what has been, with its figures."""
    on = legal_day(timezone.now())
    rows = found.with_counts(found.events())
    return list_page(
        request, rows, EventFilter, "promotion/event_list.html", columns=PUBLIC_EVENTS, today=on
    )


@require_safe
def event_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The call, the chosen products, and afterwards what it brought."""
    event = get_object_or_404(found.events(), pk=pk)
    on = legal_day(timezone.now())
    context = {
        "event": event,
        "is_open": event.status is EventState.CALLED and event.days.takes_applications(on),
        "facts": _facts(event),
        "figures": _figures(event),
        "entries": found.shown_products(event),
        "crumbs": [(_("Sự kiện"), reverse("promotion:events")), (event.name, "")],
    }
    return render(request, "promotion/event_page.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """A producer applies with recognised products and sees how each application stands."""
    event, user = get_object_or_404(found.events(), pk=pk), signed_in(request)
    on = legal_day(timezone.now())
    products = found.may_apply_with(user, event, on)
    form = ApplicationForm(request.POST or None, products=products)
    if request.method == "POST" and form.is_valid():
        try:
            entries.apply(event, **form.cleaned_data, by=user, at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, refusal_text(refusal))
        else:
            messages.success(request, _("Đã đăng ký; ban tổ chức trả lời trước ngày khai mạc."))
            return redirect("promotion:event-apply", event.pk)
    context = {
        "event": event,
        "form": form,
        "has_products": products.exists(),
        "is_open": event.status is EventState.CALLED and event.days.takes_applications(on),
        "entries": found.own_entries(user, on).filter(event=event),
    }
    return render(request, "promotion/event_apply.html", context)


@login_required
@require_POST
def entry_withdraw(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The producer takes an application back."""
    entry = _own_entry(request, entry_id)
    try:
        entries.withdraw(entry, by=signed_in(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, refusal_text(refusal))
    else:
        messages.success(request, _("Đã rút đăng ký."))
    return redirect("promotion:event-apply", entry.event_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_outcome(request: HttpRequest, entry_id: int) -> HttpResponse:
    """What the event brought the producer."""
    entry = _own_entry(request, entry_id)
    initial = {"contracts": entry.contracts, "revenue": entry.revenue}
    form = OutcomeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            entries.tell_outcome(entry, form.outcome, by=signed_in(request), at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, refusal_text(refusal))
        else:
            messages.success(request, _("Đã ghi kết quả."))
            return redirect("promotion:event-apply", entry.event_id)
    return render(request, "promotion/entry_outcome.html", {"entry": entry, "form": form})


def _own_entry(request: HttpRequest, entry_id: int) -> EventEntry:
    rows = found.own_entries(signed_in(request), legal_day(timezone.now()))
    return get_object_or_404(rows, pk=entry_id)


def _facts(event: Event) -> list[tuple[str, Any]]:
    rows = [
        (_("Cơ quan tổ chức"), event.unit.name),
        (_("Nơi tổ chức"), event.place),
        (_("Khai mạc"), vn_date(event.starts_on)),
        (_("Bế mạc"), vn_date(event.ends_on)),
        (_("Hạn đăng ký"), vn_date(event.apply_by)),
        (_("Số gian hàng"), event.booths),
    ]
    return [(label, value) for label, value in rows if value]


def _figures(event: Event) -> list[tuple[str, Any]]:
    """After the conclusion only; what nobody has said is left out."""
    if event.status is not EventState.CONCLUDED:
        return []
    totals = found.totals_of(event.entries.all())
    rows = [
        (_("Lượt khách"), number_format(event.visitors or 0, force_grouping=True)),
        (_("Sản phẩm tham gia"), totals.products),
        (_("Số hợp đồng"), totals.contracts),
        (_("Doanh thu"), vnd(totals.revenue) if totals.revenue is not None else None),
    ]
    return [(label, value) for label, value in rows if value is not None]
