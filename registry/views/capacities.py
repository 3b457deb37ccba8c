"""Pages of what a subject can do: figures and material areas."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.forms import add_refusal, differences, is_looking
from registry.forms.capacities import (
    CapacityForm,
    MaterialAreaForm,
    area_values,
    capacity_values,
)
from registry.models import MaterialArea, Subject
from registry.permissions import may_edit_subject
from registry.selectors import visible_material_areas, visible_subjects
from registry.services import capacities, material_areas
from registry.views.subjects import GET_OR_POST, renew_version


@login_required
@require_http_methods(GET_OR_POST)
def capacity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Workers, craft village, circular chain."""
    user, at = signed_in(request), timezone.now()
    subject = get_object_or_404(visible_subjects(user, legal_day(at)), pk=pk)
    require(may_edit_subject(user, subject, on=legal_day(at)))
    first = capacity_values(subject)
    form, stored = CapacityForm(request.POST or None, initial=first, subject=subject), None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            capacities.save(subject, version=version, by=user, at=at, **form.details())
        except RuleBroken as refusal:
            add_refusal(form, refusal)
            if isinstance(refusal, Stale):
                stored = differences(form, subject)
                renew_version(form, subject.version)
        else:
            messages.success(request, _("Đã lưu năng lực của chủ thể."))
            return redirect(subject)
    context = {"form": form, "subject": subject, "stored": stored}
    return render(request, "registry/capacity_form.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def material_area_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new area of a subject; it lies where the subject lies unless another place is chosen."""
    user, at = signed_in(request), timezone.now()
    subject = get_object_or_404(visible_subjects(user, legal_day(at)), pk=pk)
    require(may_edit_subject(user, subject, on=legal_day(at)))
    if request.method != "POST":
        return _area_form(
            request, MaterialAreaForm(initial={"commune": subject.commune_id}), subject
        )
    if is_looking(request.POST):
        return _area_form(request, _with_places(request), subject)
    form = MaterialAreaForm(request.POST, query=request.POST.get("commune_q", ""))
    if form.is_valid():
        try:
            area = material_areas.add(subject, by=user, at=at, **form.details())
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã thêm vùng “%(name)s”.") % {"name": area.name})
            return redirect(subject)
    return _area_form(request, form, subject)


@login_required
@require_http_methods(GET_OR_POST)
def material_area_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes an area."""
    user, at = signed_in(request), timezone.now()
    area = get_object_or_404(visible_material_areas(user, legal_day(at)), pk=pk)
    require(may_edit_subject(user, area.subject, on=legal_day(at)))
    if request.method != "POST":
        return _area_form(request, MaterialAreaForm(initial=area_values(area)), area.subject, area)
    if is_looking(request.POST):
        return _area_form(request, _with_places(request), area.subject, area)
    form = MaterialAreaForm(request.POST, query=request.POST.get("commune_q", ""))
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            material_areas.update(area, version=version, by=user, at=at, **form.details())
        except RuleBroken as refusal:
            add_refusal(form, refusal)
            if isinstance(refusal, Stale):
                renew_version(form, area.version)
        else:
            messages.success(request, _("Đã lưu vùng nguyên liệu."))
            return redirect(area.subject)
    return _area_form(request, form, area.subject, area)


@login_required
@require_POST
def material_area_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The area no longer counts."""
    user, at = signed_in(request), timezone.now()
    area = get_object_or_404(visible_material_areas(user, legal_day(at)), pk=pk)
    material_areas.remove(area, by=user, at=at)
    messages.success(request, _("Đã bỏ vùng nguyên liệu."))
    return redirect(area.subject)


def _with_places(request: HttpRequest) -> MaterialAreaForm:
    return MaterialAreaForm(initial=request.POST.dict(), query=request.POST.get("commune_q", ""))


def _area_form(
    request: HttpRequest,
    form: MaterialAreaForm,
    subject: Subject,
    area: MaterialArea | None = None,
) -> HttpResponse:
    context = {"form": form, "subject": subject, "area": area}
    return render(request, "registry/material_area_form.html", context)
