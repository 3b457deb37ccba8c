"""What an office does with a recorded inspection: findings, photographs, closing."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from ocop_portal.web.forms import NfcForm
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from scoring import permissions
from scoring.forms import FindingForm, NoteForm, PhotoForm
from scoring.models import Finding, Inspection
from scoring.selectors.inspections import visible_inspections, visible_photos
from scoring.services import inspections

Act = Callable[[HttpRequest, Inspection, User, datetime], NfcForm]


def acting(act: Act) -> Callable[..., HttpResponse]:
    """A POST of the inspecting office; then the page, with what was wrong with the form if any."""

    @wraps(act)
    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        user, at = signed_in(request), timezone.now()
        inspection = get_object_or_404(visible_inspections(user, legal_day(at)), pk=pk)
        require(permissions.may_inspect(user, inspection.unit, on=legal_day(at)))
        try:
            form = act(request, inspection, user, at)
        except RuleBroken as refusal:
            messages.error(request, refusal_text(refusal))
        else:
            _tell(request, form)
        return redirect(inspection)

    return view


def _tell(request: HttpRequest, form: NfcForm) -> None:
    if form.is_valid():
        messages.success(request, _("Đã ghi nhận."))
        return
    for name, faults in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label}: {' '.join(str(fault) for fault in faults)}")


@acting
def finding_add(request: HttpRequest, inspection: Inspection, user: User, at: datetime) -> NfcForm:
    form = FindingForm(request.POST)
    if form.is_valid():
        inspections.find(inspection, by=user, at=at, **form.cleaned_data)
    return form


@acting
def photo_add(request: HttpRequest, inspection: Inspection, user: User, at: datetime) -> NfcForm:
    form = PhotoForm(request.POST, request.FILES, prefix="anh")
    if form.is_valid():
        inspections.add_photo(inspection, by=user, at=at, **form.cleaned_data)
    return form


@acting
def inspection_close(
    request: HttpRequest, inspection: Inspection, user: User, at: datetime
) -> NfcForm:
    form = NoteForm(request.POST)
    if form.is_valid():
        inspections.close(inspection, by=user, at=at, **form.cleaned_data)
    return form


@acting
def inspection_cancel(
    request: HttpRequest, inspection: Inspection, user: User, at: datetime
) -> NfcForm:
    form = NoteForm(request.POST)
    if form.is_valid():
        inspections.cancel(inspection, by=user, at=at, **form.cleaned_data)
    return form


@login_required
@require_POST
def finding_mend(request: HttpRequest, pk: int) -> HttpResponse:
    """The office has seen that a finding was mended."""
    user, at = signed_in(request), timezone.now()
    seen = visible_inspections(user, legal_day(at)).order_by().values("pk")
    rows = Finding.objects.select_related("inspection__unit", "inspection__certificate")
    finding = get_object_or_404(rows.filter(inspection__in=seen), pk=pk)
    require(permissions.may_inspect(user, finding.inspection.unit, on=legal_day(at)))
    form = NoteForm(request.POST)
    if form.is_valid():
        inspections.mend(finding, by=user, at=at, **form.cleaned_data)
    _tell(request, form)
    return redirect(finding.inspection)


@login_required
@require_safe
def inspection_photo(request: HttpRequest, pk: int) -> FileResponse:
    """A photograph, to whoever sees the inspection; never cached."""
    user, on = signed_in(request), legal_day(timezone.now())
    photo = get_object_or_404(visible_photos(user, on), pk=pk)
    response = FileResponse(photo.file.open("rb"), content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
