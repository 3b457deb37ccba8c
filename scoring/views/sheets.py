"""Pages of the score sheet: filling it in, the receipt, the official print."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.selectors import history_of
from ocop_portal.refusals import refusal_text
from ocop_portal.web.wording import worded
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from scoring import permissions
from scoring.domain.sheet import tally
from scoring.forms import add_refusal, sheet_rows
from scoring.forms.sheets import ReopenForm, Sent, section_of, sent_in, stored_state
from scoring.models import AgendaItem, Sheet
from scoring.selectors import sheets as found
from scoring.selectors.boards import choices_of
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.sessions import readable_items
from scoring.selectors.sheets import (
    receipt_of,
    reopenings_of,
    scorable_items,
    sheet_of,
    submitted_sheets,
    visible_sheets,
)
from scoring.services import sheets
from scoring.services.filled_sheets import filled_sheet
from scoring.views.sheet_pages import Shown, sheet_page


@login_required
@require_http_methods(["GET", "POST"])
def sheet_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own sheet: a POST keeps a draft and goes on, or hands it in where the button says."""
    user, at = signed_in(request), timezone.now()
    on = legal_day(at)
    item = get_object_or_404(scorable_items(user, on), pk=pk)
    sheet = sheet_of(item, user)
    if request.method == "POST":
        return _store(request, item, sheet)
    require(permissions.may_score(user, item, on=on))
    if sheet is not None and sheet.state != "draft":
        return redirect(sheet)
    # A reconciliation round begins with what the member chose in the round before.
    kept = sheet or sheet_of(item, user, ballot=item.ballot - 1)
    shown = Shown(
        choices_of(kept) if kept else {},
        sheet.comment if sheet else "",
        section=request.GET.get("muc", ""),
    )
    return sheet_page(request, item, sheet, shown)


def _store(request: HttpRequest, item: AgendaItem, sheet: Sheet | None) -> HttpResponse:
    """Saves or submits; a refusal shows the sheet again with everything that was chosen."""
    sent = sent_in(request.POST.dict())
    try:
        stored = _kept(request, item, sent)
    except RuleBroken as refusal:
        if refusal.code == "sheet.incomplete":
            sheet = _kept(request, item, replace(sent, hands_in=False, key=None))
        shown = Shown(sent.choices, sent.comment, sent.go, refusal)
        return sheet_page(request, item, sheet, shown)
    if stored.state == "draft":
        messages.success(request, _("Đã lưu nháp phiếu chấm."))
        return redirect(_onward(item, sent.go))
    messages.success(request, _("Đã nộp phiếu. Biên nhận ở ngay dưới đây."))
    return redirect(stored)


def _kept(request: HttpRequest, item: AgendaItem, sent: Sent) -> Sheet:
    act = sheets.submit if sent.hands_in else sheets.save
    return act(
        item,
        choices=sent.choices,
        comment=sent.comment,
        version=sent.version,
        key=sent.key,
        by=signed_in(request),
        at=timezone.now(),
    )


def _onward(item: AgendaItem, go: str) -> str:
    """The page of the sheet, at the section or the criterion that the button named."""
    rubric = rubric_of(item.edition)
    page = reverse("scoring:sheet-edit", args=[item.pk])
    section = section_of(rubric, go)
    if not section:
        return page
    place = f"#tc-{go.replace('.', '-')}" if go in rubric.by_code else ""
    return f"{page}?muc={section}{place}"


@login_required
@require_POST
def sheet_sync(request: HttpRequest, pk: int) -> JsonResponse:
    """The same for a script: answers with what is stored now, or with the reason why it is not.

    200 stored (or stored before, under the same key), 409 replaced by another tab (with what is
    stored), 422 refused by a rule, 403 by a permission.
    """
    user, on = signed_in(request), legal_day(timezone.now())
    item = get_object_or_404(scorable_items(user, on), pk=pk)
    try:
        stored = _kept(request, item, sent_in(request.POST.dict()))
    except Stale as refusal:
        now = sheet_of(item, user)
        held = stored_state(now, rubric_of(item.edition)) if now else None
        return JsonResponse({**_refusal(refusal), "stored": held}, status=409)
    except RuleBroken as refusal:
        return JsonResponse(_refusal(refusal), status=422)
    except PermissionDenied as refusal:
        reason = {"code": "forbidden", "message": worded(str(refusal), {}), "field": ""}
        return JsonResponse(reason, status=403)
    read_back = found.sheets().get(pk=stored.pk)
    return JsonResponse(stored_state(read_back, rubric_of(item.edition)))


def _refusal(refusal: RuleBroken) -> dict[str, str]:
    return {"code": refusal.code, "message": refusal_text(refusal), "field": refusal.field}


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
    context = {
        "sheet": sheet,
        "item": sheet.item,
        "rubric": rubric,
        "parts": sheet_rows(rubric, choices, counted.parts),
        "total": counted.total,
        "answered": len(choices),
        "zeroed": counted.zeroed,
        "is_handed_in": sheet.state != "draft",
        "is_intact": sheet.receipt_hash == receipt_of(sheet, choices),
        "reopenings": sheet.reopenings.select_related("by").order_by("id"),
        "history": history_of(sheet),
    }
    return render(request, "scoring/sheet_detail.html", context)


@login_required
@require_safe
def sheet_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The official form of a sheet that was handed in, to whoever may see the sheet."""
    user, on = signed_in(request), legal_day(timezone.now())
    rows = visible_sheets(user, on).exclude(state="draft")
    sheet = get_object_or_404(rows, pk=pk)
    answer = HttpResponse(filled_sheet(sheet), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="phieu-{sheet.pk}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def sheet_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The presiding member gives a sheet back, with a reason that the whole council sees.

    The page names whose sheets are in, and nothing of what is in them.
    """
    user, at = signed_in(request), timezone.now()
    item = get_object_or_404(readable_items(user, legal_day(at)), pk=pk)
    require(permissions.may_preside(user, item, on=legal_day(at)))
    form = ReopenForm(request.POST or None, submitted=submitted_sheets(item))
    if request.method == "POST" and form.is_valid():
        sheet, reason = form.cleaned_data["sheet"], form.cleaned_data["reason"]
        try:
            sheets.reopen(sheet, reason=reason, by=user, at=at)
        except RuleBroken as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã mở lại phiếu và báo cho thành viên."))
            return redirect(item)
    context = {"item": item, "form": form, "reopenings": reopenings_of(item)}
    return render(request, "scoring/sheet_reopen.html", context)
