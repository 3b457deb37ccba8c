"""Drafting a decision that suspends, restores or revokes a certificate."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from scoring import permissions
from scoring.domain.decision_states import DecisionKind
from scoring.domain.measures import MOVES
from scoring.forms import MeasureForm, add_refusal
from scoring.models import Certificate, Decision, Finding, Measure
from scoring.selectors.certificates import visible_certificates
from scoring.selectors.decisions import register_of, visible_decisions
from scoring.selectors.measures import measures_of
from scoring.services import measures

KINDS = {
    "tam-dung": DecisionKind.SUSPEND,
    "khoi-phuc": DecisionKind.RESTORE,
    "thu-hoi": DecisionKind.REVOKE,
}


@login_required
@require_http_methods(["GET", "POST"])
def measure_create(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """A draft about one certificate, by the office of the authority that issued it."""
    user, at = signed_in(request), timezone.now()
    today = legal_day(at)
    kind = KINDS.get(word)
    if kind is None:
        raise Http404
    held = get_object_or_404(visible_certificates(user, today), pk=pk)
    require(permissions.may_draft(user, Level(held.level), held.unit, on=today))
    finding = _finding(request.GET.get("phat-hien", ""), held, kind)
    initial = {
        "title": title_of(kind, held),
        "number": register_of(held.unit, today.year).next_number,
        "decided_on": today,
        "concluded_on": finding.inspection.visited_on if finding else today,
        "ground": finding.ground if finding else "",
        "note": finding.text[:500] if finding else "",
    }
    form = MeasureForm(request.POST or None, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("title", "number", "decided_on")}
        try:
            made = measures.draft(
                kind,
                certificates=[held],
                case=form.case,
                finding=finding,
                by=user,
                at=at,
                **chosen,
            )
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã lập dự thảo. Xem hệ quả rồi trình ký khi đã đủ."))
            return redirect(made)
    return _page(request, form, held, kind)


@login_required
@require_http_methods(["GET", "POST"])
def measure_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What a draft about certificates says."""
    user, at = signed_in(request), timezone.now()
    decision = get_object_or_404(visible_decisions(user, legal_day(at)), pk=pk)
    measure = measures_of(decision).first()
    if measure is None:
        raise Http404
    require(permissions.may_change_draft(user, decision, on=legal_day(at)))
    form = MeasureForm(
        request.POST or None, kind=decision.does, initial=_initial(decision, measure)
    )
    if request.method == "POST" and form.is_valid():
        names = ("title", "number", "decided_on", "version")
        chosen = {name: form.cleaned_data[name] for name in names}
        try:
            measures.revise(decision, case=form.case, by=user, at=at, **chosen)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã lưu dự thảo."))
            return redirect(decision)
    return _page(request, form, measure.certificate, decision.does)


def _finding(text: str, held: Certificate, kind: DecisionKind) -> Finding | None:
    """The finding from which the draft was begun; none where it proposes something else."""
    if not text.isdecimal():
        return None
    rows = Finding.objects.select_related("inspection").filter(inspection__certificate=held)
    return rows.filter(pk=int(text), proposes=kind.value).first()


def title_of(kind: DecisionKind, held: Certificate) -> str:
    """A first wording of what the decision is about."""
    facts = {"number": held.number, "product": held.product_name}
    if kind is DecisionKind.SUSPEND:
        return _("Tạm dừng hiệu lực giấy chứng nhận số %(number)s – %(product)s") % facts
    if kind is DecisionKind.RESTORE:
        return _("Khôi phục hiệu lực giấy chứng nhận số %(number)s – %(product)s") % facts
    return _("Thu hồi giấy chứng nhận số %(number)s – %(product)s") % facts


def _initial(decision: Decision, measure: Measure) -> dict[str, Any]:
    names = ("ground", "note", "concluded_on", "heard_on", "hearing_note")
    of_measure = {name: getattr(measure, name) for name in names}
    of_decision = {
        name: getattr(decision, name) for name in ("title", "number", "decided_on", "version")
    }
    return of_measure | of_decision


def _page(
    request: HttpRequest, form: MeasureForm, held: Certificate, kind: DecisionKind
) -> HttpResponse:
    context = {"form": form, "certificate": held, "kind": kind, "move": MOVES[kind]}
    return render(request, "scoring/measure_form.html", context)
