"""Rounds: the list, one round, opening and closing."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycle.domain.posts import CONTEST_KEEPERS, ROUND_KEEPERS
from cycle.domain.rounds import RoundKind
from cycle.forms import RoundForm, add_refusal
from cycle.panels import round_panels_of
from cycle.permissions import may_close_round, may_open_some_round
from cycle.selectors import rounds, rounds_with_counts
from cycle.services import seasons
from cycle.views.columns import ROUNDS
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division, Level
from registry.domain.roles import Role
from registry.models import Unit
from registry.selectors import postings_of, regime, units

GET_OR_POST = ("GET", "HEAD", "POST")


@login_required
@require_safe
def round_list(request: HttpRequest) -> HttpResponseBase:
    """Every round, the newest first: when things are open concerns everybody."""
    user, on = signed_in(request), legal_day(timezone.now())
    return list_page(
        request,
        rounds_with_counts(),
        None,
        "cycle/round_list.html",
        columns=ROUNDS,
        today=on,
        may_open=may_open_some_round(user, on=on),
    )


@login_required
@require_safe
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One round with its law and its days."""
    user, on = signed_in(request), legal_day(timezone.now())
    season = get_object_or_404(rounds(), pk=pk)
    context = {
        "season": season,
        "regime": regime(season.regime),
        "is_open": season.is_open(on),
        "may_close": may_close_round(user, season, on=on),
        "panels": round_panels_of(season, user),
        "history": history_of(season),
    }
    return render(request, "cycle/round_detail.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def round_open(request: HttpRequest) -> HttpResponse:
    """Opens a round in a place that the reader looks after."""
    user, at = signed_in(request), timezone.now()
    require(may_open_some_round(user, on=legal_day(at)))
    places = _places(user, legal_day(at))
    form = RoundForm(
        request.POST if request.method == "POST" else None, places=places, today=legal_day(at)
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            season = seasons.open_round(
                name=facts["name"],
                kind=RoundKind(facts["kind"] or RoundKind.ORDINARY),
                regime=facts["regime"],
                division=Division(facts["division"]),
                unit=facts["unit"],
                year=facts["year"],
                opens_on=facts["opens_on"],
                closes_on=facts["closes_on"],
                by=user,
                at=at,
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã mở “%(name)s”.") % {"name": season.name})
            return redirect(season)
    return render(request, "cycle/round_form.html", {"form": form})


@login_required
@require_POST
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The round takes nothing more in."""
    season = get_object_or_404(rounds(), pk=pk)
    seasons.close(season, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã đóng “%(name)s”.") % {"name": season.name})
    return redirect(season)


def _places(user: User, on: date) -> QuerySet[Unit]:
    """The provinces and the country as far as the reader's postings reach; a district's own."""
    eligible = units().filter(level__in=(Level.PROVINCE, Level.CENTRAL))
    if user.is_superuser:
        return eligible
    held = [
        posting.unit.path
        for posting in postings_of(user, on)
        if Role(posting.role) in {*ROUND_KEEPERS, *CONTEST_KEEPERS} and posting.unit is not None
    ]
    if "/" in held:
        return eligible
    contests = units().filter(level=Level.DISTRICT, path__in=held)
    return eligible.filter(path__in=held) | contests
