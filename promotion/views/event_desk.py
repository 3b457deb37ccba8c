"""Events at the desk of the offices that call them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.refusals import refusal_text
from ocop_portal.web.views import list_page
from promotion import permissions
from promotion.domain.entries import EntryState
from promotion.domain.events import EventState
from promotion.filters import EventFilter
from promotion.forms import (
    ConclusionForm,
    EventForm,
    OutcomeForm,
    ReasonForm,
    SelectionForm,
    event_values,
)
from promotion.models import Event, EventEntry
from promotion.selectors import events as found
from promotion.services import entries, events
from promotion.views.columns import EVENTS
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.selectors import standing_of


@login_required
@require_safe
def kept_events(request: HttpRequest) -> HttpResponseBase:
    """The events of the reader's area; producers have none."""
    user, on = signed_in(request), legal_day(timezone.now())
    if not standing_of(user, on).paths:
        raise Http404
    return list_page(
        request,
        found.with_counts(found.kept_events(user, on)),
        EventFilter,
        "promotion/kept_events.html",
        columns=EVENTS,
        may_call=permissions.may_call_events(user, on=on),
    )


@login_required
@require_safe
def kept_event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event with its applications and what the office may do."""
    return _show(request, _event(request, pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_create(request: HttpRequest) -> HttpResponse:
    """Calls an event."""
    user, on = signed_in(request), legal_day(timezone.now())
    require(permissions.may_call_events(user, on=on))
    form = EventForm(request.POST or None, units=permissions.calling_units(user, on=on))
    if request.method == "POST" and form.is_valid():
        try:
            made = events.call(form.facts, by=user, at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, refusal_text(refusal))
        else:
            messages.success(request, _("Đã mời; các chủ thể trong địa bàn được báo."))
            return redirect("promotion:kept-event", made.pk)
    return render(request, "promotion/event_form.html", {"form": form, "event": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects a call."""
    event, user, on = _event(request, pk), signed_in(request), legal_day(timezone.now())
    require(permissions.may_call_event(user, event.unit, on=on))
    units = type(event.unit).objects.filter(pk=event.unit_id)
    form = EventForm(request.POST or None, units=units, initial=event_values(event))
    if request.method == "POST" and form.is_valid():
        try:
            events.edit(event, form.facts, by=user, at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, refusal_text(refusal))
        else:
            messages.success(request, _("Đã sửa lời mời."))
            return redirect("promotion:kept-event", event.pk)
    return render(request, "promotion/event_form.html", {"form": form, "event": event})


@login_required
@require_POST
def event_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    event, form = _kept(request, pk), ReasonForm(request.POST, prefix="huy")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _done(request, event, partial(events.cancel, event, reason=reason), _("Đã huỷ."))


@login_required
@require_POST
def event_conclude(request: HttpRequest, pk: int) -> HttpResponse:
    event, form = _kept(request, pk), ConclusionForm(request.POST)
    if not form.is_valid():
        return _show(request, event, concluding=form)
    save = partial(events.conclude, event, **form.cleaned_data)
    return _done(request, event, save, _("Đã tổng kết sự kiện."))


@login_required
@require_POST
def entry_answer(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Chosen or not, by the button pressed, with the reason."""
    entry = _entry(request, entry_id)
    form = SelectionForm(request.POST, prefix=f"dk-{entry.pk}")
    form.is_valid()
    said: dict[str, Any] = form.cleaned_data
    reason = said.get("reason", "")
    if request.POST.get("answer") == "select":
        save = partial(entries.select, entry, reason=reason, booth=said.get("booth", ""))
        return _done(request, entry.event, save, _("Đã chọn sản phẩm."))
    save = partial(entries.decline, entry, reason=reason)
    return _done(request, entry.event, save, _("Đã trả lời không chọn."))


@login_required
@require_POST
def entry_mark(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Present or absent, by the button pressed."""
    entry = _entry(request, entry_id)
    save = partial(entries.mark, entry, is_present=request.POST.get("present") == "yes")
    return _done(request, entry.event, save, _("Đã ghi có mặt, vắng mặt."))


@login_required
@require_POST
def entry_figures(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The figures as the office writes them down."""
    entry = _entry(request, entry_id)
    form = OutcomeForm(request.POST, prefix=f"kq-{entry.pk}")
    if not form.is_valid():
        return _show(request, entry.event, telling={entry.pk: form})
    save = partial(entries.tell_outcome, entry, form.outcome)
    return _done(request, entry.event, save, _("Đã ghi kết quả."))


def _event(request: HttpRequest, pk: int) -> Event:
    seen = found.kept_events(signed_in(request), legal_day(timezone.now()))
    return get_object_or_404(seen, pk=pk)


def _kept(request: HttpRequest, pk: int) -> Event:
    """An event that the person may change; a reader is told that they may not."""
    event, on = _event(request, pk), legal_day(timezone.now())
    require(permissions.may_call_event(signed_in(request), event.unit, on=on))
    return event


def _entry(request: HttpRequest, entry_id: int) -> EventEntry:
    seen = found.kept_events(signed_in(request), legal_day(timezone.now())).order_by().values("pk")
    rows = EventEntry.objects.filter(event__in=seen).select_related("event__unit__parent__parent")
    entry = get_object_or_404(rows, pk=entry_id)
    _kept(request, entry.event_id)
    return entry


def _done(
    request: HttpRequest, event: Event, save: Callable[..., object], words: str
) -> HttpResponse:
    """Back to the event, with what was done or why not."""
    try:
        save(by=signed_in(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, refusal_text(refusal))
    else:
        messages.success(request, words)
    return redirect("promotion:kept-event", event.pk)


def _show(
    request: HttpRequest,
    event: Event,
    *,
    concluding: ConclusionForm | None = None,
    telling: dict[int, OutcomeForm] | None = None,
) -> HttpResponse:
    user, on = signed_in(request), legal_day(timezone.now())
    may_call = permissions.may_call_event(user, event.unit, on=on)
    is_open = event.status is EventState.CALLED
    applied = list(found.entries_of(event))
    context = {
        "event": event,
        "may_call": may_call,
        "is_open": is_open,
        "may_edit": is_open and event.days.takes_applications(on),
        "has_started": event.days.has_started(on),
        "has_ended": event.days.has_ended(on),
        "totals": found.totals_of(applied),
        "rows": [_row(entry, (telling or {}).get(entry.pk)) for entry in applied],
        "cancelling": ReasonForm(prefix="huy"),
        "concluding": concluding or ConclusionForm(),
        "history": history_of(event),
    }
    return render(request, "promotion/kept_event.html", context)


def _row(entry: EventEntry, telling: OutcomeForm | None) -> dict[str, Any]:
    """An application with the forms that its state has."""
    answerable = entry.status in (EntryState.APPLIED, EntryState.SELECTED, EntryState.DECLINED)
    came = entry.status is EntryState.ATTENDED
    figures = {"contracts": entry.contracts, "revenue": entry.revenue}
    said = {"reason": entry.reason, "booth": entry.booth}
    return {
        "entry": entry,
        "is_chosen": entry.status in (EntryState.SELECTED, EntryState.ATTENDED, EntryState.ABSENT),
        "selection": SelectionForm(prefix=f"dk-{entry.pk}", initial=said) if answerable else None,
        "outcome": telling or OutcomeForm(prefix=f"kq-{entry.pk}", initial=figures)
        if came
        else None,
    }
