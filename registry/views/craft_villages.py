"""Pages of the register of craft villages."""

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
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.filters import CraftVillageFilter
from registry.forms import add_refusal, differences, is_looking
from registry.forms.capacities import CraftVillageForm, village_values
from registry.models import CraftVillage
from registry.permissions import may_add_craft_village, may_keep_craft_village
from registry.selectors import craft_villages as villages
from registry.services import craft_villages
from registry.views.columns import CRAFT_VILLAGES
from registry.views.subjects import GET_OR_POST, renew_version


@login_required
@require_safe
def craft_village_list(request: HttpRequest) -> HttpResponseBase:
    """Every recognised craft village."""
    may_add = may_add_craft_village(signed_in(request), on=legal_day(timezone.now()))
    return list_page(
        request,
        villages(),
        CraftVillageFilter,
        "registry/craft_village_list.html",
        columns=CRAFT_VILLAGES,
        may_add=may_add,
    )


@login_required
@require_http_methods(GET_OR_POST)
def craft_village_create(request: HttpRequest) -> HttpResponse:
    """A village enters the register."""
    user, at = signed_in(request), timezone.now()
    require(may_add_craft_village(user, on=legal_day(at)))
    if request.method != "POST":
        return _form(request, CraftVillageForm())
    if is_looking(request.POST):
        return _form(request, _with_places(request))
    form = CraftVillageForm(request.POST, query=request.POST.get("commune_q", ""))
    if form.is_valid() and _in_own_area(request, form):
        try:
            village = craft_villages.register(by=user, at=at, **form.details())
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã ghi làng nghề “%(name)s”.") % {"name": village.name})
            return redirect("registry:craft-village-list")
    return _form(request, form)


@login_required
@require_http_methods(GET_OR_POST)
def craft_village_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes what the register says of a village."""
    user, at = signed_in(request), timezone.now()
    village = get_object_or_404(villages(), pk=pk)
    require(may_keep_craft_village(user, village.commune, on=legal_day(at)))
    if request.method != "POST":
        return _form(request, CraftVillageForm(initial=village_values(village)), village)
    if is_looking(request.POST):
        return _form(request, _with_places(request), village)
    form, stored = CraftVillageForm(request.POST, query=request.POST.get("commune_q", "")), None
    if form.is_valid() and _in_own_area(request, form):
        version = form.cleaned_data["version"] or 0
        try:
            craft_villages.update(village, version=version, by=user, at=at, **form.details())
        except RuleBroken as refusal:
            add_refusal(form, refusal)
            if isinstance(refusal, Stale):
                stored = differences(form, village)
                renew_version(form, village.version)
        else:
            messages.success(request, _("Đã lưu thông tin làng nghề."))
            return redirect("registry:craft-village-list")
    return _form(request, form, village, stored)


def _in_own_area(request: HttpRequest, form: CraftVillageForm) -> bool:
    """Says at the commune when the reader does not keep the register there."""
    on = legal_day(timezone.now())
    verdict = may_keep_craft_village(signed_in(request), form.cleaned_data["commune"], on=on)
    if not verdict:
        form.add_error("commune", _(verdict.reason))
    return bool(verdict)


def _with_places(request: HttpRequest) -> CraftVillageForm:
    return CraftVillageForm(initial=request.POST.dict(), query=request.POST.get("commune_q", ""))


def _form(
    request: HttpRequest,
    form: CraftVillageForm,
    village: CraftVillage | None = None,
    stored: object = None,
) -> HttpResponse:
    context = {"form": form, "village": village, "stored": stored}
    return render(request, "registry/craft_village_form.html", context)
