"""Pages of the inspections: list, the plan of a year, an ad hoc visit, one inspection."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.web import navigation
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.models import Unit
from registry.selectors import units
from scoring import permissions
from scoring.filters import InspectionFilter
from scoring.forms import (
    FindingForm,
    NoteForm,
    OrderForm,
    PhotoForm,
    PlanForm,
    RecordForm,
    add_refusal,
)
from scoring.menu import AFTERCARE
from scoring.models import Inspection
from scoring.selectors.certificates import visible_certificates
from scoring.selectors.inspections import (
    checklist_of,
    findings_of,
    is_settled,
    listed_inspections,
    office_of,
    plan_of,
    planned,
    to_plan,
    visible_inspections,
)
from scoring.services import inspections
from scoring.views.columns import INSPECTIONS
from scoring.views.councils import appointing_units

MOST_OFFERED = 100
LAST_DAY = (12, 31)


@login_required
@require_safe
def inspection_list(request: HttpRequest) -> HttpResponseBase:
    """Inspections of the reader's area, or of the reader's own products once recorded."""
    user, on = signed_in(request), legal_day(timezone.now())
    return list_page(
        request,
        listed_inspections(user, on),
        InspectionFilter,
        "scoring/inspection_list.html",
        columns=INSPECTIONS,
        offices=[unit for unit in appointing_units(user, on)[:20] if _plans(unit, on)],
        year=on.year,
        today=on,
        tabs=navigation.tabs_for(AFTERCARE, user, request.path),
    )


PLANNING = {Level.PROVINCE, Level.CENTRAL}


def _plans(unit: Unit, on: date) -> bool:
    """Whether an office makes plans: one of a division that has ended inspects no more."""
    return unit.level in PLANNING and unit.is_valid(on)


@login_required
@require_http_methods(["GET", "POST"])
def inspection_plan(request: HttpRequest, unit_pk: int, year: int) -> HttpResponse:
    """The plan of an office for a year: what stands in it, and what could be added."""
    user, at = signed_in(request), timezone.now()
    today = legal_day(at)
    unit = get_object_or_404(units(), pk=unit_pk)
    require(permissions.may_inspect(user, unit, on=today))
    waiting = to_plan(unit, year, today)
    last = date(year, *LAST_DAY) if 1 <= year <= date.max.year else today
    form = PlanForm(request.POST or None, waiting=waiting, initial={"due_on": last})
    if request.method == "POST" and form.is_valid():
        chosen = {**form.cleaned_data, "certificates": list(form.cleaned_data["certificates"])}
        try:
            inspections.plan(unit, year=year, by=user, at=at, **chosen)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã đưa vào kế hoạch kiểm tra."))
            return redirect("scoring:inspection-plan", unit.pk, year)
    rows = list(planned(plan_of(unit, year)))
    context = {
        "unit": unit,
        "year": year,
        "form": form,
        "rows": rows,
        "done": sum(row.visited_on is not None for row in rows),
        "has_waiting": waiting.exists(),
        "today": today,
    }
    return render(request, "scoring/inspection_plan.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def inspection_order(request: HttpRequest, pk: int) -> HttpResponse:
    """An ad hoc visit about one certificate."""
    user, at = signed_in(request), timezone.now()
    today = legal_day(at)
    held = get_object_or_404(visible_certificates(user, today), pk=pk)
    require(permissions.may_inspect(user, office_of(held), on=today))
    initial = {"due_on": today, "occasion": request.GET.get("ly-do", "")[:500]}
    form = OrderForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = inspections.order(held, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã lập lượt kiểm tra đột xuất."))
            return redirect(made)
    context = {"form": form, "certificate": held}
    return render(request, "scoring/inspection_order.html", context)


@login_required
@require_safe
def inspection_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked and seen, photographs, findings, and what may be done next."""
    user, on = signed_in(request), legal_day(timezone.now())
    inspection = get_object_or_404(visible_inspections(user, on), pk=pk)
    may_inspect = permissions.may_inspect(user, inspection.unit, on=on)
    state = inspection.state if may_inspect else ""
    findings = findings_of(inspection)
    context = {
        "inspection": inspection,
        "certificate": inspection.certificate,
        "answers": inspection.answers.order_by("id"),
        "findings": [(each, is_settled(each), each.is_overdue(on)) for each in findings],
        "photos": inspection.photos.order_by("id"),
        "may_inspect": may_inspect,
        "may_draft": permissions.may_draft(
            user, Level(inspection.certificate.level), inspection.certificate.unit, on=on
        ),
        "finding_form": FindingForm() if state == "recorded" else None,
        "photo_form": PhotoForm(prefix="anh") if state == "recorded" else None,
        "note_form": NoteForm() if state in {"ordered", "recorded"} else None,
        "can_close": state == "recorded" and all(is_settled(each) for each in findings),
        "is_late": inspection.visited_on is None and inspection.due_on < on,
        "history": history_of(inspection) if may_inspect else [],
    }
    return render(request, "scoring/inspection_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def inspection_record(request: HttpRequest, pk: int) -> HttpResponse:
    """What the visit saw, line by line."""
    user, at = signed_in(request), timezone.now()
    inspection: Inspection = get_object_or_404(visible_inspections(user, legal_day(at)), pk=pk)
    require(permissions.may_inspect(user, inspection.unit, on=legal_day(at)))
    items = checklist_of(inspection.certificate)
    initial = {"visited_on": legal_day(at)}
    form = RecordForm(request.POST or None, items=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        names = ("visited_on", "inspectors", "conclusion")
        told = {name: form.cleaned_data[name] for name in names}
        try:
            inspections.record(inspection, seen=form.seen, by=user, at=at, **told)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã ghi kết quả kiểm tra và báo cho chủ thể."))
            return redirect(inspection)
    lines = [(form[item.code], form[f"note-{item.code}"]) for item in items]
    context = {"form": form, "inspection": inspection, "lines": lines}
    return render(request, "scoring/inspection_record.html", context)
