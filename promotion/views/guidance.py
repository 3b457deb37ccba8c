"""The guidance pages: step one of the cycle, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from promotion.selectors import guidance, guidance_figures
from promotion.views.shared import public_face
from registry.domain.clock import legal_day


@require_safe
@public_face
def index(request: HttpRequest) -> HttpResponse:
    """Every page as a card, in reading order."""
    return render(request, "promotion/guidance_index.html", {"pages": guidance.pages()})


@require_safe
@public_face
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page with the figures it draws and the decrees it rests on."""
    found = guidance.page(slug)
    if found is None:
        raise Http404
    before, after = guidance.neighbours(found)
    context = {
        "page": found,
        "pages": guidance.pages(),
        "before": before,
        "after": after,
        "today": legal_day(timezone.now()),
        "regimes": guidance_figures.known_regimes(),
        "band_tables": guidance_figures.band_tables(),
        "subject_rows": guidance_figures.subject_rows(),
        "examples": guidance_figures.examples(),
    }
    return render(request, "promotion/guidance_page.html", context)
