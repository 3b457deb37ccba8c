"""The advisory team's page of a product: a sheet-like form that counts for nothing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from scoring import permissions
from scoring.forms import sheet_rows
from scoring.forms.choices import Beside
from scoring.forms.opinions import OpinionForm, remarks_in
from scoring.forms.sheets import known_choices, sent_in
from scoring.models import AgendaItem, Opinion
from scoring.selectors.councils import seat_of
from scoring.selectors.opinions import opinion_of
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.self_assessments import self_assessment_of
from scoring.selectors.sessions import day_of, readable_items
from scoring.services import opinions
from scoring.services.opinions import Said
from scoring.views.sheet_pages import evidence_by_criterion


@login_required
@require_http_methods(["GET", "POST"])
def opinion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own opinion: a POST keeps a draft, or sends it where the button says so."""
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    item = get_object_or_404(readable_items(user, on), pk=pk)
    require(permissions.may_advise(user, item, on=on))
    seat = seat_of(user, item.session.council, on)
    opinion = opinion_of(item, seat) if seat else None
    if request.method != "POST":
        return _page(request, item, opinion, _said(opinion), OpinionForm(initial=_fields(opinion)))
    form = OpinionForm(request.POST)
    sent = sent_in(request.POST.dict())
    remarks = remarks_in(request.POST.dict())
    if not form.is_valid():
        return _page(request, item, opinion, Said(sent.choices, remarks), form)
    said = Said(sent.choices, remarks, **form.cleaned_data)
    act = opinions.send if sent.hands_in else opinions.save
    try:
        act(item, said, version=sent.version, by=user, at=at)
    except RuleBroken as refusal:
        return _page(request, item, opinion, said, form, refusal=refusal)
    if sent.hands_in:
        messages.success(request, _("Đã gửi ý kiến tới hội đồng."))
    else:
        messages.success(request, _("Đã lưu nháp ý kiến."))
    return redirect("scoring:opinion", pk=item.pk)


def _said(opinion: Opinion | None) -> Said:
    lines = list(opinion.lines.all()) if opinion else []
    return Said(
        {line.criterion: line.option for line in lines if line.option},
        {line.criterion: line.remark for line in lines},
    )


def _fields(opinion: Opinion | None) -> dict[str, Any]:
    names = OpinionForm.base_fields
    return {name: getattr(opinion, name) for name in names} if opinion else {}


def _page(
    request: HttpRequest,
    item: AgendaItem,
    opinion: Opinion | None,
    said: Said,
    form: OpinionForm,
    *,
    refusal: RuleBroken | None = None,
) -> HttpResponse:
    rubric = rubric_of(item.edition)
    links = list(item.dossier.evidence.select_related("evidence").order_by("item", "id"))
    assessment = self_assessment_of(item.dossier)
    beside = Beside(
        evidence_by_criterion(links), assessment.choices if assessment else {}, (), {}, {}
    )
    context = {
        "item": item,
        "rubric": rubric,
        "opinion": opinion,
        "parts": sheet_rows(rubric, known_choices(rubric, said.choices), {}, beside),
        "remarks": said.remarks,
        "form": form,
        "version": opinion.version if opinion else 0,
        "unlinked": [link for link in links if not link.criteria],
        "on": day_of(item.session),
        "refusal": refusal_text(refusal) if refusal else "",
    }
    status = 409 if isinstance(refusal, Stale) else 200
    return render(request, "scoring/opinion_form.html", context, status=status)
