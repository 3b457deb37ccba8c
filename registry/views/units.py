"""Public pages of administrative units: found by any name, with their past and successors."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ocop_portal.accounts.models import User
from ocop_portal.web import exports
from registry.domain.clock import legal_day
from registry.domain.regime import Division, Level
from registry.domain.unit_changes import KINDS_OF_LEVEL, ChangeKind
from registry.models import Unit
from registry.permissions import may_administer, may_change_units
from registry.selectors import (
    children_of,
    find_units,
    names_of_before,
    predecessors_of,
    provinces,
    successors_of,
    units,
)
from registry.selectors.unit_changes import changes_of_unit
from registry.views.columns import UNITS

LONGEST_QUESTION = 100
PER_PAGE = 50


@require_safe
def unit_list(request: HttpRequest) -> HttpResponseBase:
    """Units by a name of today or of before; today's provinces where nothing is asked."""
    asked = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    rows = find_units(asked) if asked else provinces(Division.TWO_TIER)
    if file := exports.asked_file(request, rows, UNITS):
        return file
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    before = names_of_before(found, asked) if asked else {}
    context = {
        "asked": asked,
        "page_obj": page,
        "rows": [(unit, before.get(unit.pk, [])) for unit in found],
        "query": request.GET,
        "may_administer": _administers(request),
    }
    return render(request, "registry/unit_list.html", context)


@require_safe
def unit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit with its names, what it came from, what it became, and the decisions that say so."""
    unit = get_object_or_404(units(), pk=pk)
    on = legal_day(timezone.now())
    context = {
        "unit": unit,
        "is_over": not unit.is_valid(on),
        "names": list(unit.former_names.order_by("valid_to")),
        "predecessors": list(predecessors_of(unit)),
        "successors": list(successors_of(unit)),
        "changes": list(changes_of_unit(unit)),
        "below": [] if unit.is_country else list(children_of(unit)),
        "offers": _offers(request, unit),
    }
    return render(request, "registry/unit_page.html", context)


def _offers(request: HttpRequest, unit: Unit) -> list[ChangeKind]:
    """The changes that the reader may record of this unit."""
    on = legal_day(timezone.now())
    is_fit = unit.division == Division.TWO_TIER and unit.level in KINDS_OF_LEVEL
    if not is_fit or unit.valid_to is not None or not isinstance(request.user, User):
        return []
    if not may_change_units(request.user, [unit], on=on):
        return []
    return [kind for kind in ChangeKind if unit.level == Level.COMMUNE or kind.keeps_unit]


def _administers(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and bool(may_administer(user, on=legal_day(timezone.now())))
