"""The page that asks what a result would be on another decree's table."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ocop_portal.accounts.people import signed_in
from registry.domain.clock import legal_day
from scoring.selectors.ratings import visible_ratings
from scoring.selectors.what_ifs import offers, what_if_of


@login_required
@require_safe
def rating_what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """`?bo=2026.11` names the set; without it, or with one that is not there, the likeliest."""
    user, on = signed_in(request), legal_day(timezone.now())
    rating = get_object_or_404(visible_ratings(user, on), pk=pk)
    known = offers(rating)
    named = request.GET.get("bo", "")
    chosen = next((each for each in known if each.key == named), known[0] if known else None)
    context = {
        "rating": rating,
        "product": rating.dossier.enrolment.product,
        "offers": known,
        "chosen": chosen,
        "found": what_if_of(rating, chosen) if chosen else None,
    }
    return render(request, "scoring/rating_what_if.html", context)
