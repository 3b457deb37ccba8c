"""The first page: what the portal is, and the three ways in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cycle.domain.steps import Step
from promotion import selectors
from promotion.views.shared import public_face
from registry.domain.clock import legal_day


@require_safe
@public_face
def home(request: HttpRequest) -> HttpResponse:
    """For everybody; the figures are those of today."""
    figures = selectors.headline_figures(on=legal_day(timezone.now()))
    return render(request, "promotion/home.html", {"steps": list(Step), "figures": figures})
