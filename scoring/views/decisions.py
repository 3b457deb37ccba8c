"""Pages of the decisions: drafting, previewing, presenting, the stored document, the register."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.web import exports
from ocop_portal.web.views import list_page
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.selectors import units
from scoring import permissions
from scoring.domain.decision_states import DecisionKind, DecisionState
from scoring.filters import DecisionFilter
from scoring.forms import DecisionForm, HandBackForm, SignForm, add_refusal
from scoring.models import Decision, Rating
from scoring.selectors.decisions import register_of, visible_decisions
from scoring.selectors.effects import effects_of, fingerprint
from scoring.selectors.measures import measure_effects
from scoring.selectors.ratings import awaiting_decision, ratings
from scoring.services import decision_papers, decisions, drafts
from scoring.views.columns import DECISIONS, REGISTER
from scoring.views.councils import appointing_units


@login_required
@require_safe
def decision_list(request: HttpRequest) -> HttpResponseBase:
    """Decisions of the reader's area, and the units for which results wait."""
    user, on = signed_in(request), legal_day(timezone.now())
    waiting = [
        (unit, awaiting_decision(unit, Level(unit.level)).count())
        for unit in appointing_units(user, on)[:20]
    ]
    return list_page(
        request,
        visible_decisions(user, on),
        DecisionFilter,
        "scoring/decision_list.html",
        columns=DECISIONS,
        waiting=[(unit, count) for unit, count in waiting if count],
        registers=[unit for unit, _count in waiting],
        year=on.year,
    )


@login_required
@require_safe
def decision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the decision names, what signing it will do, and the document once it is there."""
    user, on = signed_in(request), legal_day(timezone.now())
    decision = get_object_or_404(visible_decisions(user, on), pk=pk)
    effects, measures = effects_of(decision), measure_effects(decision)
    may_sign = permissions.may_sign(user, decision, on=on)
    signs = decision.status is DecisionState.PRESENTED and may_sign
    initial = {"version": decision.version, "seen": fingerprint(decision, effects)}
    context = {
        "decision": decision,
        "effects": effects,
        "measures": measures,
        "today": on,
        "is_changed": any(effect.changed for effect in effects)
        or any(not each.is_possible for each in measures),
        "certificates": decision.certificates.order_by("id"),
        "made": decision.certificates.exclude(pdf="").count(),
        "corrections": decision.corrections.order_by("id"),
        "may_change": permissions.may_change_draft(user, decision, on=on),
        "may_sign": may_sign,
        "form": SignForm(signer=user, initial=initial) if signs else None,
        "back_form": HandBackForm(prefix="back", initial=initial) if signs else None,
        "history": history_of(decision),
    }
    return render(request, "scoring/decision_detail.html", context)


@login_required
@require_safe
def decision_register(request: HttpRequest, unit_pk: int, year: int) -> HttpResponseBase:
    """The numbers that an authority has used in a year, and the next one."""
    user, on = signed_in(request), legal_day(timezone.now())
    unit = get_object_or_404(units(), pk=unit_pk)
    require(permissions.may_draft(user, Level(unit.level), unit, on=on))
    register = register_of(unit, year)
    if file := exports.asked_file(request, register.rows, REGISTER):
        return file
    context = {"unit": unit, "year": year, "register": register, "last": year - 1, "next": year + 1}
    return render(request, "scoring/decision_register.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def decision_create(request: HttpRequest, unit_pk: int) -> HttpResponse:
    """A draft for the results of a unit that wait for a decision."""
    user, at = signed_in(request), timezone.now()
    unit = get_object_or_404(units(), pk=unit_pk)
    level, today = Level(unit.level), legal_day(at)
    require(permissions.may_draft(user, level, unit, on=today))
    waiting = awaiting_decision(unit, level)
    initial = {
        "decided_on": today,
        "title": _("Công nhận sản phẩm OCOP"),
        "number": register_of(unit, today.year).next_number,
    }
    form = DecisionForm(request.POST or None, waiting=waiting, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("title", "number", "decided_on")}
        rows = list(form.cleaned_data["ratings"])
        try:
            made = drafts.draft(level=level, unit=unit, ratings=rows, by=user, at=at, **chosen)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã lập dự thảo. Xem hệ quả rồi trình ký khi đã đủ."))
            return redirect(made)
    context = {"form": form, "unit": unit, "has_waiting": waiting.exists()}
    return render(request, "scoring/decision_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def decision_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, date, title and products of a draft."""
    user, at = signed_in(request), timezone.now()
    decision = get_object_or_404(visible_decisions(user, legal_day(at)), pk=pk)
    require(permissions.may_change_draft(user, decision, on=legal_day(at)))
    initial = {
        "title": decision.title,
        "number": decision.number,
        "decided_on": decision.decided_on,
        "version": decision.version,
        "ratings": list(decision.items.values_list("rating", flat=True)),
    }
    form = DecisionForm(request.POST or None, waiting=choosable(decision), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            drafts.revise(decision, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã lưu dự thảo."))
            return redirect(decision)
    context = {"form": form, "decision": decision, "unit": decision.unit, "has_waiting": True}
    return render(request, "scoring/decision_form.html", context)


def choosable(decision: Decision) -> QuerySet[Rating] | None:
    """What a draft names and what it could name beside; a correction names what it names."""
    if decision.does is DecisionKind.CORRECT:
        return None
    waiting = awaiting_decision(decision.unit, Level(decision.level))
    found = [*waiting.values_list("pk", flat=True)]
    named = decision.items.values_list("rating", flat=True)
    return ratings().filter(pk__in=[*found, *named])


@login_required
@require_POST
def decision_discard(request: HttpRequest, pk: int) -> HttpResponse:
    user, at = signed_in(request), timezone.now()
    decision = get_object_or_404(visible_decisions(user, legal_day(at)), pk=pk)
    drafts.discard(decision, version=posted_version(request), by=user, at=at)
    messages.success(request, _("Đã bỏ dự thảo; các kết quả chờ quyết định khác."))
    return redirect("scoring:decision-list")


@login_required
@require_POST
def decision_present(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft goes to the authority, which is told."""
    user, at = signed_in(request), timezone.now()
    decision = get_object_or_404(visible_decisions(user, legal_day(at)), pk=pk)
    decisions.present(decision, version=posted_version(request), by=user, at=at)
    messages.success(request, _("Đã trình ký và báo cho người có thẩm quyền."))
    return redirect(decision)


def posted_version(request: HttpRequest) -> int | None:
    """The version that a button was drawn for; none where the field is missing or no number."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else None


@login_required
@require_safe
def decision_pdf(request: HttpRequest, pk: int) -> FileResponse:
    """The stored document, to whoever sees the decision."""
    user, on = signed_in(request), legal_day(timezone.now())
    decision = get_object_or_404(visible_decisions(user, on), pk=pk)
    if not decision.pdf:
        raise Http404(_("Văn bản đang được tạo; hãy thử lại sau ít phút."))
    name = f"quyet-dinh-{decision.pk}.pdf"
    return FileResponse(decision.pdf.open("rb"), filename=name, content_type="application/pdf")


@login_required
@require_safe
def decision_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision as it would stand on paper today; it says that it is a draft."""
    return _paper(request, pk, decision_papers.decision_paper, "du-thao")


@login_required
@require_safe
def decision_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal with which the office presents the draft."""
    return _paper(request, pk, decision_papers.proposal, "to-trinh")


def _paper(
    request: HttpRequest, pk: int, made: Callable[[Decision], bytes], name: str
) -> HttpResponse:
    user, on = signed_in(request), legal_day(timezone.now())
    decision = get_object_or_404(visible_decisions(user, on), pk=pk)
    answer = HttpResponse(made(decision), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}-{decision.pk}.pdf"'
    return answer
