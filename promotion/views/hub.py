"""Step six in one place: where a producer or an officer goes from here."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ocop_portal.accounts.people import signed_in
from promotion.selectors import tasks
from registry.domain.clock import legal_day
from registry.selectors import standing_of


@login_required
@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """A producer's recognised products; an officer's lists. The same address for both."""
    user, at = signed_in(request), timezone.now()
    standing = standing_of(user, legal_day(at))
    context = {
        "listings": tasks.own_listings(user, at=at).order_by("sort_key", "id"),
        "is_producer": bool(standing.subject_ids),
        "is_officer": bool(standing.paths),
    }
    return render(request, "promotion/hub.html", context)
