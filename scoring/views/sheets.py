"""Pages of the score sheet: filling it in, the receipt, the official print."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycle.models import DossierEvidence
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from scoring import permissions
from scoring.domain.sheet import missing, read_choices, tally
from scoring.forms import ReasonForm, chosen_in, sheet_rows
from scoring.forms.choices import Beside
from scoring.models import AgendaItem, Sheet
from scoring.selectors.boards import choices_of
from scoring.selectors.precedents import precedents_for
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.self_assessments import self_assessment_of
from scoring.selectors.sessions import readable_items
from scoring.selectors.sheets import sheet_of, visible_sheets
from scoring.services import sheets

LONGEST_COMMENT = 4000


@login_required
@require_http_methods(["GET", "POST"])
def sheet_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own sheet: a POST keeps a draft, or hands it in where the button says so."""
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    item = get_object_or_404(readable_items(user, on), pk=pk)
    sheet = sheet_of(item, user)
    if request.method == "POST":
        return _store(request, item, sheet)
    require(permissions.may_score(user, item, on=on))
    if sheet is not None and sheet.state != "draft":
        return redirect(sheet)
    # A reconciliation round begins with what the member chose in the round before.
    shown = sheet or sheet_of(item, user, ballot=item.ballot - 1)
    return _page(request, item, choices_of(shown) if shown else {}, sheet)


def _store(request: HttpRequest, item: AgendaItem, sheet: Sheet | None) -> HttpResponse:
    """Saves or submits; a refusal shows the sheet again with everything that was chosen."""
    user, at = signed_in(request), timezone.now()
    chosen = chosen_in(request.POST.dict())
    comment = request.POST.get("comment", "").strip()[:LONGEST_COMMENT]
    act = sheets.submit if request.POST.get("act") == "submit" else sheets.save
    try:
        stored = act(
            item,
            choices=chosen,
            comment=comment,
            version=_version(request),
            by=user,
            at=at,
        )
    except RuleBroken as refusal:
        return _page(request, item, chosen, sheet, refusal=refusal, comment=comment)
    if stored.state == "draft":
        messages.success(request, _("Đã lưu nháp phiếu chấm."))
        return redirect("scoring:sheet-edit", pk=item.pk)
    messages.success(request, _("Đã nộp phiếu. Biên nhận ở ngay dưới đây."))
    return redirect(stored)


def _version(request: HttpRequest) -> int | None:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else None  # noqa: PLR2004 - fits a column


def _page(
    request: HttpRequest,
    item: AgendaItem,
    choices: dict[str, str | None],
    sheet: Sheet | None,
    *,
    refusal: RuleBroken | None = None,
    comment: str | None = None,
) -> HttpResponse:
    rubric = rubric_of(item.edition)
    known = _known(item, choices)
    counted = tally(rubric, known)
    absent = missing(rubric, known)
    is_incomplete = refusal is not None and refusal.code == "sheet.incomplete"
    assessment = self_assessment_of(item.dossier)
    links = list(item.dossier.evidence.select_related("evidence").order_by("item", "id"))
    beside = Beside(
        evidence=evidence_by_criterion(links),
        assessed=assessment.choices if assessment else {},
        missing=absent if is_incomplete else (),
    )
    context: dict[str, Any] = {
        "item": item,
        "rubric": rubric,
        "sheet": sheet,
        "parts": sheet_rows(rubric, known, counted.parts, beside),
        "total": counted.total,
        "missing": absent,
        "answered": len(known),
        "asked": len(rubric.by_code),
        "refusal": refusal_text(refusal) if refusal else "",
        "is_stale": isinstance(refusal, Stale),
        "is_incomplete": is_incomplete,
        "version": sheet.version if sheet else 0,
        "comment": comment if comment is not None else (sheet.comment if sheet else ""),
        "links": links,
        "has_assessment": assessment is not None,
        "precedents": precedents_for(item),
    }
    return render(
        request, "scoring/sheet_form.html", context, status=409 if context["is_stale"] else 200
    )


def _known(item: AgendaItem, choices: dict[str, str | None]) -> dict[str, str | None]:
    """What was chosen and exists in this rubric: the rest was refused and cannot be drawn."""
    rubric = rubric_of(item.edition)
    known: dict[str, str | None] = {}
    for code, chosen in choices.items():
        try:
            known |= read_choices(rubric, {code: chosen})
        except RuleBroken:
            continue
    return known


def evidence_by_criterion(links: list[DossierEvidence]) -> dict[str, tuple[DossierEvidence, ...]]:
    """The papers that a dossier names for a criterion."""
    found: dict[str, list[DossierEvidence]] = {}
    for link in links:
        for code in link.criteria:
            found.setdefault(str(code), []).append(link)
    return {code: tuple(each) for code, each in found.items()}


@login_required
@require_safe
def sheet_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet read back from the database with its receipt; printed, it is the official sheet."""
    user, on = signed_in(request), legal_day(timezone.now())
    sheet = get_object_or_404(visible_sheets(user, on), pk=pk)
    rubric = rubric_of(sheet.item.edition)
    choices = choices_of(sheet)
    grounds = frozenset(sheet.item.ground_findings.values_list("ground", flat=True))
    counted = tally(rubric, choices, grounds)
    is_own = sheet.member.user_id == user.pk
    may_reopen = sheet.state == "submitted" and permissions.may_reopen(user, sheet, on=on)
    context = {
        "sheet": sheet,
        "item": sheet.item,
        "rubric": rubric,
        "parts": sheet_rows(rubric, choices, counted.parts),
        "total": counted.total,
        "zeroed": counted.zeroed,
        "is_own": is_own,
        "reopenings": sheet.reopenings.select_related("by").order_by("id"),
        "reopen_form": ReasonForm() if may_reopen else None,
    }
    return render(request, "scoring/sheet_detail.html", context)


@login_required
@require_POST
def sheet_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The presiding member gives a sheet back, with a reason that everybody of the council sees."""
    user, at = signed_in(request), timezone.now()
    sheet = get_object_or_404(reopenable(request), pk=pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        sheets.reopen(sheet, reason=form.cleaned_data["reason"], by=user, at=at)
        messages.success(request, _("Đã mở lại phiếu và báo cho thành viên."))
        return redirect(sheet.item)
    return render(request, "scoring/item_act.html", {"item": sheet.item, "form": form})


def reopenable(request: HttpRequest) -> Any:
    """Sheets of items that the person reads: the board names who is in, not what is in it."""
    user, on = signed_in(request), legal_day(timezone.now())
    items = readable_items(user, on).order_by().values("pk")
    return Sheet.objects.select_related("item__session__council__unit", "item__dossier").filter(
        item__in=items
    )
