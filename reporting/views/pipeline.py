"""Progress of the programme, for those who hold an office in it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.permissions import may_enter_registers
from reporting.selectors import pipeline


@login_required
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Counts of the person's own area; whoever has none is not told that the page exists."""
    user, today = request.user, legal_day(timezone.now())
    if not isinstance(user, User) or not pipeline.has_an_area(user, today):
        raise Http404
    counts = pipeline.pipeline(user, on=today)
    context = {"counts": counts, "may_enter_registers": may_enter_registers(user, on=today)}
    return render(request, "reporting/progress.html", context)
