"""Pages of the councils: list, appointment, seats."""

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

from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import ALLOWED, refused, require
from ocop_portal.journal.selectors import history_of
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Unit
from registry.selectors import postings_of, units
from scoring import permissions
from scoring.filters import CouncilFilter
from scoring.forms import CouncilForm, MemberForm, add_refusal
from scoring.models import Council, CouncilMember
from scoring.selectors.bodies import bodies_at
from scoring.selectors.council_figures import figures_of
from scoring.selectors.councils import roster, usual_regulation, visible_councils
from scoring.selectors.sessions import dossiers_waiting, re_evaluations_waiting, visible_sessions
from scoring.services import councils
from scoring.views.columns import COUNCILS


@login_required
@require_safe
def council_list(request: HttpRequest) -> HttpResponseBase:
    """Councils in which the reader sits, and those of the reader's area."""
    user, on = signed_in(request), legal_day(timezone.now())
    return list_page(
        request,
        visible_councils(user, on),
        CouncilFilter,
        "scoring/council_list.html",
        columns=COUNCILS,
        may_appoint=appointing_units(user, on).exists(),
    )


@login_required
@require_safe
def council_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The regulation, who sits, the sessions, the dossiers that wait."""
    user, on = signed_in(request), legal_day(timezone.now())
    council = get_object_or_404(visible_councils(user, on), pk=pk)
    may_change = permissions.may_change_council(user, council, on=on)
    may_call = permissions.may_call(user, council, on=on)
    context = {
        "council": council,
        "rows": regulation_rows(council),
        "roster": roster(council, on),
        "sessions": visible_sessions(user, on).filter(council=council)[:50],
        "may_change": may_change,
        "may_see_figures": permissions.may_see_figures(user, council, on=on),
        "may_call": may_call,
        "waiting": dossiers_waiting(council).count() if may_call else 0,
        "in_writing": re_evaluations_waiting(council).count() if may_call else 0,
        "form": MemberForm() if may_change else None,
        "history": history_of(council),
    }
    return render(request, "scoring/council_detail.html", context)


@login_required
@require_safe
def council_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """What the council's work comes to, for who leads it and its office."""
    user, on = signed_in(request), legal_day(timezone.now())
    council = get_object_or_404(visible_councils(user, on), pk=pk)
    require(permissions.may_see_figures(user, council, on=on))
    context = {"council": council, "figures": figures_of(council)}
    return render(request, "scoring/council_figures.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def council_create(request: HttpRequest) -> HttpResponse:
    """A council for one of the units that the person works for."""
    user, at = signed_in(request), timezone.now()
    places = appointing_units(user, legal_day(at))
    require(ALLOWED if places.exists() else refused(permissions.NOT_OFFICER))
    form = CouncilForm(request.POST or None, units=places, initial=usual(places))
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        try:
            council = councils.appoint(level=Level(unit.level), by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã lập hội đồng. Hãy thêm các thành viên."))
            return redirect(council)
    return render(request, "scoring/council_form.html", {"form": form})


@login_required
@require_POST
def member_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A person takes a seat; a refusal shows the council's page with the reason."""
    user, at = signed_in(request), timezone.now()
    council = get_object_or_404(visible_councils(user, legal_day(at)), pk=pk)
    form = MemberForm(request.POST)
    if form.is_valid():
        try:
            councils.add_member(
                council,
                user=form.person,
                seat=form.cleaned_data["seat"],
                office=form.cleaned_data["office"],
                industries=form.cleaned_data["industries"],
                by=user,
                at=at,
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã thêm thành viên."))
            return redirect(council)
    require(permissions.may_change_council(user, council, on=legal_day(at)))
    context = {"council": council, "form": form}
    return render(request, "scoring/member_form.html", context)


@login_required
@require_POST
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    """A seat ends with today."""
    user, at = signed_in(request), timezone.now()
    seen = visible_councils(user, legal_day(at)).order_by().values("pk")
    members = CouncilMember.objects.select_related("council__unit")
    member = get_object_or_404(members.filter(council__in=seen), pk=pk)
    councils.end_membership(member, by=user, at=at)
    messages.success(request, _("Người này thôi tham gia hội đồng từ hôm nay."))
    return redirect(member.council)


def appointing_units(user: User, on: date) -> QuerySet[Unit]:
    """The units for which the person may appoint: of the person's own postings."""
    roles = [*permissions.OFFICER_OF.values(), Role.ADMINISTRATOR]
    held = postings_of(user, on).filter(role__in=roles).order_by().values("unit")
    levels = [level.value for level in permissions.OFFICER_OF]
    return units().filter(pk__in=held, level__in=levels)


def usual(places: QuerySet[Unit]) -> dict[str, object]:
    """What a new council's form begins with."""
    first = places.first()
    return {"unit": first, **usual_regulation(Level(first.level))} if first else {}


def regulation_rows(council: Council) -> list[tuple[str, object]]:
    """The council in words and figures."""
    days = _("%(count)s ngày làm việc") % {"count": council.notice_working_days}
    term_days = f"{council.starts_on:%d/%m/%Y} –"
    if council.ends_on:
        term_days += f" {council.ends_on:%d/%m/%Y}"
    body = next(
        (each for each in bodies_at(Level(council.level)) if each.code == council.body), None
    )
    named = f"{body.name}: {', '.join(council.groups)}" if council.groups and body else ""
    return [
        (_("Cấp, đơn vị"), council.unit.long_name),
        *([(_("Loại hội đồng"), named)] if named else []),
        (_("Quyết định"), f"{council.decision_number} ({council.decided_on:%d/%m/%Y})"),
        (_("Nhiệm kỳ"), term_days),
        (_("Tỷ lệ có mặt tối thiểu"), f"{council.quorum_percent} %"),
        (_("Số người chấm ít nhất"), council.minimum_members),
        (_("Chênh lệch lớn nhất"), council.max_spread),
        (_("Báo trước"), days),
        (_("Số lượt chấm lại"), council.reconciliation_rounds),
        (
            _("Kết quả kiểm nghiệm"),
            _("chấm hai lượt, trước và sau kiểm nghiệm")
            if council.rounds_around_tests
            else _("chấm một lượt"),
        ),
    ]
