"""Where the cycle begins for everybody: what is open, what is mine, the lists."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cycle.filters import DossierFilter, EnrolmentFilter
from cycle.permissions import may_open_some_round
from cycle.selectors import (
    by_day,
    dossiers_waiting_for,
    enrolments_waiting_for,
    open_rounds,
    own_enrolments,
    visible_dossiers,
    visible_enrolments,
    with_samples,
)
from cycle.views.columns import DOSSIERS, ENROLMENTS
from ocop_portal.accounts.people import signed_in
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.selectors import own_products, standing_of

SHOWN = 20


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, the reader's own enrolments, and the rounds that are open."""
    user, on = signed_in(request), legal_day(timezone.now())
    standing = standing_of(user, on)
    context = {
        "today": on,
        "rounds": open_rounds(on)[:SHOWN],
        "enrolments": own_enrolments(user, on)[:SHOWN],
        "products": own_products(user, on)[:SHOWN] if standing.subject_ids else [],
        "waiting_enrolments": enrolments_waiting_for(user, on)[:SHOWN],
        "waiting_dossiers": with_samples(dossiers_waiting_for(user, on))[:SHOWN],
        "is_officer": bool(standing.paths),
        "may_open_round": may_open_some_round(user, on=on),
    }
    return render(request, "cycle/index.html", context)


@login_required
@require_safe
def enrolment_list(request: HttpRequest) -> HttpResponseBase:
    """Enrolments that the reader may see."""
    user, on = signed_in(request), legal_day(timezone.now())
    return list_page(
        request,
        visible_enrolments(user, on),
        EnrolmentFilter,
        "cycle/enrolment_list.html",
        columns=ENROLMENTS,
        today=on,
    )


@login_required
@require_safe
def dossier_list(request: HttpRequest) -> HttpResponseBase:
    """Dossiers that the reader may see, those whose day has passed or comes next first."""
    user, on = signed_in(request), legal_day(timezone.now())
    return list_page(
        request,
        by_day(with_samples(visible_dossiers(user, on))),
        DossierFilter,
        "cycle/dossier_list.html",
        columns=DOSSIERS,
        today=on,
    )
