"""The lists that a picker of places renews while a person types (htmx)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from registry.domain.regime import Division, Level
from registry.forms import offered, picked

FIELDS = frozenset({"commune", "former_commune", "unit"})


@require_safe
def unit_search(request: HttpRequest) -> HttpResponse:
    """Units found by what was typed, as radio buttons of the field that asks; for everybody.

    The eligibility check asks for a place before there is an account, and units are public.
    """
    name = _field(request, "field")
    widget = picked(
        name,
        chosen=request.GET.get(name, ""),
        query=request.GET.get(f"{name}_q", "")[:100],
        division=_division(request),
        levels=_levels(request),
    )
    return render(request, "registry/widgets/_unit_options.html", {"widget": widget})


@login_required
@require_safe
def former_communes(request: HttpRequest) -> HttpResponse:
    """What the chosen commune was before, as radio buttons."""
    commune = request.GET.get(_field(request, "of"), "")
    widget = offered(_field(request, "field"), commune_id=commune, chosen="")
    return render(request, "registry/widgets/_former_options.html", {"widget": widget})


def _field(request: HttpRequest, parameter: str) -> str:
    name = request.GET.get(parameter, "")
    if name not in FIELDS:
        raise Http404(parameter)
    return name


def _division(request: HttpRequest) -> Division | None:
    wish = request.GET.get("division", "")
    return Division(wish) if wish in set(Division) else None


def _levels(request: HttpRequest) -> tuple[Level, ...]:
    return tuple(Level(wish) for wish in request.GET.getlist("level") if wish in set(Level))
