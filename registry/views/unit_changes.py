"""Pages where administrators record what becomes of units: questions, preview, record, withdraw."""

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
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.unit_changes import ChangeKind
from registry.forms import add_refusal
from registry.forms.unit_changes import UnitChangeForm
from registry.models import Unit, UnitChange
from registry.permissions import may_administer, may_change_units
from registry.selectors import units
from registry.selectors.unit_changes import touched_by
from registry.selectors.unit_changes import unit_changes as all_changes
from registry.services import unit_changes
from registry.services.unit_changes import Plan
from registry.views.columns import UNIT_CHANGES
from registry.views.subjects import GET_OR_POST

CONFIRMED = "confirmed"
EDITED = "edit"
OWN = frozenset({"csrfmiddlewaretoken", CONFIRMED, EDITED})


@login_required
@require_safe
def unit_change_list(request: HttpRequest) -> HttpResponseBase:
    """Every recorded change, those to come first."""
    on = legal_day(timezone.now())
    require(may_administer(signed_in(request), on=on))
    return list_page(
        request,
        all_changes(),
        None,
        "registry/unit_change_list.html",
        columns=UNIT_CHANGES,
        today=on,
    )


@login_required
@require_safe
def unit_change_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One change: what became of what, by which decision, and what may still be done."""
    change = get_object_or_404(all_changes(), pk=pk)
    on = legal_day(timezone.now())
    rows = [*change.units.all(), *([change.target] if change.target else [])]
    after = [each.unit for each in change.outcomes.all() if each.unit is not None]
    context = {
        "change": change,
        "is_overdue": change.is_overdue(on),
        "may_withdraw": may_change_units(signed_in(request), rows, on=on),
        "going_on": [unit for unit in after if unit.valid_to is None],
        "history": history_of(change),
    }
    return render(request, "registry/unit_change_detail.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def unit_change_create(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Asks, shows what would be touched, and records what was confirmed."""
    user, at = signed_in(request), timezone.now()
    unit = get_object_or_404(units(), pk=pk)
    if kind not in set(ChangeKind):
        raise Http404(kind)
    require(may_change_units(user, [unit], on=legal_day(at)))
    corrects = _corrected(request.GET.get("sua", ""))
    data = request.POST if request.method == "POST" else None
    form = UnitChangeForm(data, unit=unit, kind=ChangeKind(kind), corrects=corrects)
    if data is None or EDITED in data or not form.is_valid():
        return _asked(request, form)
    plan = form.plan()
    try:
        require(may_change_units(user, [*plan.units, *_target(plan)], on=legal_day(at)))
        if CONFIRMED not in data:
            unit_changes.check(plan, by=user, at=at)
            return _previewed(request, form, plan)
        change = unit_changes.record(plan, by=user, at=at)
    except RuleBroken as refusal:
        add_refusal(form, refusal, called=form.called)
        return _asked(request, form)
    done = _("Thay đổi đã có hiệu lực.") if change.applied_at else _("Đã ghi thay đổi.")
    messages.success(request, done)
    return redirect(change)


@login_required
@require_POST
def unit_change_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A planned change is taken back."""
    change = get_object_or_404(UnitChange, pk=pk)
    try:
        unit_changes.withdraw(change, by=signed_in(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, _(refusal.message))
    else:
        messages.success(request, _("Đã rút thay đổi."))
    return redirect(change)


def _corrected(key: str) -> UnitChange | None:
    if not key.isdecimal():
        return None
    return UnitChange.objects.filter(pk=int(key[:18]), applied_at__isnull=False).first()


def _target(plan: Plan) -> list[Unit]:
    return [plan.target] if plan.target else []


def _asked(request: HttpRequest, form: UnitChangeForm) -> HttpResponse:
    return render(request, "registry/unit_change_form.html", {"form": form, "unit": form.unit})


def _previewed(request: HttpRequest, form: UnitChangeForm, plan: Plan) -> HttpResponse:
    on = legal_day(timezone.now())
    touched = touched_by(plan.units, on)
    context = {
        "unit": form.unit,
        "plan": plan,
        "touched": touched,
        "warnings": [each for each in touched if each.warns and each.count],
        "is_at_once": plan.effective_on <= on,
        "sent": [
            (name, value)
            for name in request.POST
            if name not in OWN
            for value in request.POST.getlist(name)
        ],
    }
    return render(request, "registry/unit_change_preview.html", context)
