"""What the checks found, for administrators; what the portal measures, for monitoring."""

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.upkeep import permissions, selectors
from ocop_portal.upkeep.gauges import Gauges
from ocop_portal.web.metrics import registry

RUNS_SHOWN = 14


@login_required
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """The latest run: what was found and what to do about it, then what held."""
    person = signed_in(request)
    require(permissions.may_read_checks(person, on=timezone.localdate()))
    run = selectors.latest_run()
    context = {
        "run": run,
        "results": selectors.results_of(run) if run else [],
        "runs": selectors.earlier_runs(RUNS_SHOWN),
    }
    return render(request, "upkeep/checks.html", context)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Everything measured, to whoever brings the token; to everybody else the page is not there."""
    token = settings.METRICS_TOKEN
    brought = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(brought.encode(), token.encode()):
        raise Http404
    asked = registry()
    asked.register(Gauges())
    return HttpResponse(generate_latest(asked), content_type=CONTENT_TYPE_LATEST)
