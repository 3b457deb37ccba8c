"""Proposed texts beside the present ones: a person takes each, or leaves it."""

import json
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cycle.domain.dossier import DossierState
from cycle.forms import add_refusal
from cycle.forms.proposals import OfferForm
from cycle.models import Dossier, Enrolment
from cycle.permissions import may_message, may_write
from cycle.selectors import shared_enrolments, texts_of
from cycle.selectors.proposals import (
    Proposal,
    ProposedText,
    of_sibling,
    proposed_texts,
    read_proposal,
    siblings_of,
)
from cycle.services import dossiers, proposals
from cycle.views.dossiers import seen_dossier
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.merging import marks_of


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def dossier_proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """`tu` names a dossier of a sibling product, `nguon` is the word of a signed link.

    What is saved is read from its source again, never from the browser, which only says what was
    seen and taken.
    """
    user, at = signed_in(request), timezone.now()
    dossier = seen_dossier(user, pk)
    require(may_write(user, dossier.enrolment, on=legal_day(at)))
    proposal = _proposal(request, dossier)
    rows = proposed_texts(dossier, proposal) if proposal else []
    error = ""
    if request.method == "POST":
        error = _take(request, dossier, rows)
        if not error:
            messages.success(request, _("Đã lấy chữ vào hồ sơ. Bạn sửa tiếp được như thường."))
            return redirect("cycle:dossier-text", dossier.pk)
        dossier.refresh_from_db()
        rows = proposed_texts(dossier, proposal) if proposal else []
    context: dict[str, Any] = {
        "dossier": dossier,
        "enrolment": dossier.enrolment,
        "proposal": proposal,
        "rows": rows,
        "seen": json.dumps(marks_of({row.name: row.now for row in rows})),
        "siblings": siblings_of(dossier, user, legal_day(at))[:20],
        "error": error,
    }
    return render(request, "cycle/dossier_proposals.html", context)


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def proposal_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """An office writes texts for the producer's open dossier and gets the link to them.

    The dossier itself stays the producer's: nothing of it is shown here.
    """
    user, at = signed_in(request), timezone.now()
    enrolment = get_object_or_404(shared_enrolments(user, legal_day(at)), pk=pk)
    require(may_message(user, enrolment, on=legal_day(at)))
    dossier = enrolment.dossier
    is_open = dossier is not None and DossierState(dossier.state).is_open
    texts = texts_of(dossier) if dossier is not None and is_open else ()
    form = OfferForm(request.POST if request.method == "POST" else None, texts=texts)
    link = ""
    if request.method == "POST" and form.is_valid():
        try:
            link = _offer(request, enrolment, form, at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
    context = {"enrolment": enrolment, "form": form if is_open else None, "link": link}
    return render(request, "cycle/proposal_offer.html", context)


def _offer(request: HttpRequest, enrolment: Enrolment, form: OfferForm, at: datetime) -> str:
    user, days = signed_in(request), form.cleaned_data["days"]
    offered = proposals.offer(enrolment, texts=form.texts(), days=days, by=user, at=at)
    if form.cleaned_data["is_sent"]:
        proposals.tell(offered, by=user, at=at)
        messages.success(request, _("Đã gửi liên kết vào phần trao đổi."))
    return offered.url


def _take(request: HttpRequest, dossier: Dossier, rows: list[ProposedText]) -> str:
    """Saves what was taken; answers with the reason where nothing was saved."""
    taken = _taken(request.POST, rows)
    if taken is None:
        return _("Chữ đề xuất vừa thay đổi. Hãy xem lại rồi chọn.")
    if not taken:
        return _("Hãy chọn ít nhất một mục, hoặc quay lại hồ sơ.")
    by, at, seen = signed_in(request), timezone.now(), _marks(request.POST)
    try:
        dossiers.save(dossier, version=0, seen=seen, by=by, at=at, **taken)
    except Stale:
        return _("Mục này vừa được lưu ở nơi khác. Hãy so lại rồi chọn.")
    except RuleBroken as refusal:
        return refusal_text(refusal)
    return ""


def _proposal(request: HttpRequest, dossier: Dossier) -> Proposal | None:
    user, on = signed_in(request), legal_day(timezone.now())
    if word := request.GET.get("nguon"):
        return read_proposal(dossier, word, on=on)
    number = request.GET.get("tu", "")
    if number.isdecimal() and number.isascii():
        return of_sibling(get_object_or_404(siblings_of(dossier, user, on), pk=number))
    return None


def _taken(data: QueryDict, rows: list[ProposedText]) -> dict[str, str] | None:
    """The texts that were taken as they were read; None when one has changed since."""
    chosen = dict(each.partition(":")[::2] for each in data.getlist("take"))
    known = {row.name: row for row in rows}
    if any(name not in known or known[name].mark != mark for name, mark in chosen.items()):
        return None
    return {name: known[name].proposed for name in chosen}


def _marks(data: QueryDict) -> dict[str, str]:
    try:
        marks = json.loads(data.get("seen", ""))
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}
